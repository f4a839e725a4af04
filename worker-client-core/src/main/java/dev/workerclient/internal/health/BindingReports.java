package dev.workerclient.internal.health;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.workerclient.health.BindingHealth;
import dev.workerclient.internal.classify.RemoteJson;
import dev.workerclient.internal.classify.RemoteText;
import dev.workerclient.internal.classify.Secrets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads the binding proxy's answer to diagnose; members that are new to us are skipped. */
final class BindingReports {
  private final JsonParser parser;
  private final Secrets secrets;

  private BindingReports(JsonParser parser, Secrets secrets) {
    this.parser = parser;
    this.secrets = secrets;
  }

  /**
   * Reads {@code {"bindings":[…]}}, with the secrets of the request hidden.
   *
   * @throws IOException if it is not that
   */
  static List<BindingHealth> read(byte[] body, Secrets secrets) throws IOException {
    try (JsonParser parser = RemoteJson.FACTORY.createParser(body)) {
      return new BindingReports(parser, secrets).report();
    }
  }

  private List<BindingHealth> report() throws IOException {
    List<BindingHealth> bindings = null;
    require(parser.nextToken() == JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = parser.currentName().equals("bindings");
      require(parser.nextToken() == JsonToken.START_ARRAY || !wanted);
      if (wanted) {
        bindings = bindings();
      } else {
        parser.skipChildren();
      }
    }
    return required(bindings);
  }

  private List<BindingHealth> bindings() throws IOException {
    List<BindingHealth> bindings = new ArrayList<>();
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      bindings.add(binding());
    }
    require(parser.currentToken() == JsonToken.END_ARRAY);
    return bindings;
  }

  private BindingHealth binding() throws IOException {
    String name = null;
    String kind = null;
    String expected = null;
    String className = null;
    boolean exists = false;
    boolean fetchCallable = false;
    Probe probe = Probe.NONE;
    String diagnosis = "";
    String fix = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String member = parser.currentName();
      parser.nextToken();
      switch (member) {
        case "binding" -> name = text();
        case "exists" -> exists = parser.getBooleanValue();
        case "kind" -> kind = text();
        case "expected" -> expected = text();
        case "className" -> className = text();
        case "fetchCallable" -> fetchCallable = parser.getBooleanValue();
        case "health" -> probe = probe();
        case "diagnosis" -> diagnosis = text();
        case "fix" -> fix = text();
        default -> parser.skipChildren();
      }
    }
    return new BindingHealth(
        required(name),
        exists,
        required(kind),
        required(expected),
        className,
        fetchCallable,
        probe.path,
        probe.status,
        probe.latency,
        probe.code,
        diagnosis,
        fix);
  }

  private Probe probe() throws IOException {
    require(parser.currentToken() == JsonToken.START_OBJECT);
    String path = null;
    OptionalInt status = OptionalInt.empty();
    Duration latency = Duration.ZERO;
    String code = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String member = parser.currentName();
      parser.nextToken();
      switch (member) {
        case "path" -> path = text();
        case "status" -> status = OptionalInt.of(parser.getIntValue());
        case "latencyMillis" -> latency = Duration.ofMillis(Math.max(0, parser.getIntValue()));
        case "code" -> code = text();
        default -> parser.skipChildren();
      }
    }
    return new Probe(path, status, latency, code);
  }

  private String text() throws IOException {
    require(parser.currentToken() == JsonToken.VALUE_STRING);
    return secrets.hide(RemoteText.clean(parser.getText()));
  }

  private static <T> T required(@Nullable T value) throws IOException {
    require(value != null);
    return Objects.requireNonNull(value);
  }

  private static void require(boolean asItShould) throws IOException {
    if (!asItShould) {
      throw new IOException("no report of a binding proxy");
    }
  }

  /** What came of the proxy's own request to the target. */
  private record Probe(
      @Nullable String path, OptionalInt status, Duration latency, @Nullable String code) {
    static final Probe NONE = new Probe(null, OptionalInt.empty(), Duration.ZERO, null);
  }
}
