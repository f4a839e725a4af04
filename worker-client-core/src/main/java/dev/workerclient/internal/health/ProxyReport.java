package dev.workerclient.internal.health;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import dev.workerclient.health.BindingHealth;
import dev.workerclient.health.ProxyHealth;
import dev.workerclient.internal.classify.ProxyProtocol;
import dev.workerclient.internal.classify.RemoteJson;
import dev.workerclient.internal.classify.RemoteText;
import dev.workerclient.internal.classify.Secrets;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.health.Target.Reply;
import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.CallSpec.Limits;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.ProxyReportRoute;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Asks the binding proxy what it says of its bindings, and reads that. */
final class ProxyReport {
  private static final int LARGEST = 1 << 20;

  /** The service and the operation that its errors name. */
  private static final String SERVICE = "binding-proxy";

  private final ProxyReportRoute route;
  private final Limits limits;
  private final Transport transport;

  ProxyReport(ProxyReportRoute route, Limits limits, Transport transport) {
    this.route = route;
    this.limits = limits;
    this.transport = transport;
  }

  static ProxyReport ofAll(ProxyReportRoute route, Duration time, Transport transport) {
    return new ProxyReport(route, new Limits(time, time, time, LARGEST), transport);
  }

  /** Sends the request on this thread; does not throw for what a remote can do. */
  Reply ask() {
    return Reply.to(CallSpec.get(SERVICE, "/", null, limits), route, transport);
  }

  /** Returns what the proxy says; the reply is null if the request did not end in its time. */
  ProxyHealth health(@Nullable Reply reply) {
    if (reply == null) {
      return new ProxyHealth(limits.callTime(), late(), List.of());
    }
    if (reply.outcome() instanceof Outcome.Failed failed) {
      boolean tooLarge = failed.failure().kind() == FailureKind.WORKER_DECODING;
      return new ProxyHealth(
          reply.latency(), tooLarge ? unreadable() : reply.error(failed), List.of());
    }
    Outcome.Answered answer = (Outcome.Answered) reply.outcome();
    try (JsonParser json =
        RemoteJson.FACTORY.createParser(answer.body().snapshot().toByteArray())) {
      return new ProxyHealth(reply.latency(), null, new Reader(json, answer.secrets()).report());
    } catch (IOException e) {
      return new ProxyHealth(reply.latency(), unreadable(), List.of());
    }
  }

  private static ServiceError unreadable() {
    return error(FailureKind.WORKER_DECODING, "the report is not the expected JSON")
        .delivery(Delivery.DELIVERED)
        .diagnosis(
            Diagnosis.of(
                "the deployed binding proxy is of another version than this client, or reports"
                    + " more than 1 MiB",
                "deploy the binding proxy of this version",
                ""))
        .build();
  }

  private static ServiceError late() {
    return error(FailureKind.WORKER_TIMEOUT, "the report did not arrive within healthTimeout")
        .build();
  }

  private static ServiceError.Builder error(FailureKind kind, String message) {
    return ServiceError.builder(SERVICE, ProxyProtocol.DIAGNOSE, kind.name())
        .message(message)
        .status(kind.statusToHandOn());
  }

  /**
   * Reads {@code {"bindings":[…]}}, with the secrets of the request hidden; members that are new to
   * us are skipped. Throws IOException if it is something else.
   */
  private record Reader(JsonParser parser, Secrets secrets) {
    List<BindingHealth> report() throws IOException {
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
      boolean rpcCallable = false;
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
          case "rpcCallable" -> rpcCallable = parser.getBooleanValue();
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
          rpcCallable,
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
}
