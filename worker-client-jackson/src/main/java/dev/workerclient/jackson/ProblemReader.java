package dev.workerclient.jackson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import dev.workerclient.internal.classify.RemoteText;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@link ProblemJson} from a body that anybody may have written. */
final class ProblemReader {
  private static final BigDecimal LONGEST = BigDecimal.valueOf(ProblemJson.LONGEST_SECONDS);
  private static final int NANO_DIGITS = 9;
  private static final ObjectReader JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(16)
                          .maxStringLength(ProblemJson.LIMIT)
                          .maxNumberLength(32)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .reader();

  private ProblemReader() {}

  static @Nullable ServiceError read(byte[] body) {
    if (body.length > ProblemJson.LIMIT) {
      return null;
    }
    try {
      return problem(JSON.readTree(body));
    } catch (IOException | NumberFormatException e) {
      return null; // Not JSON, cut, too deep, a name twice, an exponent beyond int: none of ours.
    }
  }

  private static @Nullable ServiceError problem(JsonNode problem) {
    String type = text(problem, "type");
    String service = text(problem, "service");
    String operation = text(problem, "method");
    String code = text(problem, "code");
    Delivery delivery = delivery(problem);
    if (type == null
        || !type.startsWith(ProblemJson.TYPE_PREFIX)
        || service == null
        || operation == null
        || code == null
        || delivery == null) {
      return null;
    }
    return ServiceError.builder(service, operation, code)
        .message(textOrEmpty(problem, "detail"))
        .status(integer(problem, "status", 100, 599, 502))
        .delivery(delivery)
        .safeToResend(problem.path("safeToResend").booleanValue())
        .retryable(problem.path("retryable").booleanValue())
        .retryAfter(seconds(problem.path("retryAfter")))
        .rayId(text(problem, "rayId"))
        .cloudflareCode(integer(problem, "cloudflareCode", 1, 99_999, 0))
        .diagnosis(diagnosis(problem.path("diagnosis")))
        .attempts(attempts(problem.path("attempts")))
        .build();
  }

  private static Diagnosis diagnosis(JsonNode node) {
    return Diagnosis.of(
        textOrEmpty(node, "cause"), textOrEmpty(node, "fix"), textOrEmpty(node, "resend"));
  }

  /** Returns those elements that say which route and what came of it. */
  private static List<Attempt> attempts(JsonNode list) {
    List<Attempt> attempts = new ArrayList<>();
    if (!list.isArray()) {
      return attempts;
    }
    for (JsonNode node : list) {
      String route = text(node, "route");
      Delivery delivery = delivery(node);
      if (route != null && delivery != null) {
        attempts.add(attempt(node, route, delivery));
      }
    }
    return attempts;
  }

  private static Attempt attempt(JsonNode node, String route, Delivery delivery) {
    Attempt.Builder attempt =
        Attempt.builder(route)
            .status(integer(node, "status", 100, 599, 0))
            .delivery(delivery)
            .rayId(text(node, "rayId"))
            .elapsed(millis(node.path("elapsedMillis")))
            .exchanges(integer(node, "exchanges", 0, Integer.MAX_VALUE, 1));
    String failure = text(node, "failure");
    if (failure != null) {
      attempt.failure(failure, textOrEmpty(node, "message"));
    }
    return attempt.build();
  }

  private static @Nullable String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isTextual() ? RemoteText.clean(value.textValue(), ProblemJson.LONGEST_TEXT) : null;
  }

  private static String textOrEmpty(JsonNode node, String name) {
    String value = text(node, name);
    return value == null ? "" : value;
  }

  private static @Nullable Delivery delivery(JsonNode node) {
    String name = node.path("delivery").textValue();
    for (Delivery delivery : Delivery.values()) {
      if (delivery.name().equals(name)) {
        return delivery;
      }
    }
    return null;
  }

  private static int integer(JsonNode node, String name, int least, int most, int otherwise) {
    JsonNode value = node.path(name);
    boolean valid = value.isInt() && value.intValue() >= least && value.intValue() <= most;
    return valid ? value.intValue() : otherwise;
  }

  private static Duration millis(JsonNode value) {
    boolean valid =
        value.isIntegralNumber()
            && value.canConvertToLong()
            && value.longValue() >= 0
            && value.longValue() <= ProblemJson.LONGEST_SECONDS * 1000;
    return Duration.ofMillis(valid ? value.longValue() : 0);
  }

  /** Refuses finer than nanoseconds: an exponent may ask for a billion digits. */
  private static @Nullable Duration seconds(JsonNode value) {
    if (!value.isNumber()) {
      return null;
    }
    BigDecimal seconds = value.decimalValue();
    return seconds.scale() <= NANO_DIGITS
            && seconds.signum() >= 0
            && seconds.compareTo(LONGEST) <= 0
        ? Duration.ofNanos(seconds.movePointRight(NANO_DIGITS).longValueExact())
        : null;
  }
}
