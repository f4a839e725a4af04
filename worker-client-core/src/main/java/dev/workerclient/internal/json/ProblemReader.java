package dev.workerclient.internal.json;

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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@link ProblemForm} from a body that anybody may have written. */
final class ProblemReader {
  private static final BigDecimal LONGEST = BigDecimal.valueOf(ProblemForm.LONGEST_SECONDS);
  private static final int NANO_DIGITS = 9;

  private ProblemReader() {}

  static @Nullable ServiceError read(byte[] body) {
    if (body.length > ProblemForm.LIMIT) {
      return null;
    }
    try {
      return problem(object(JsonBytes.read(body)));
    } catch (IOException | NumberFormatException e) {
      return null; // Not JSON, cut, too deep, a name twice, an exponent beyond int: none of ours.
    }
  }

  private static @Nullable ServiceError problem(Map<?, ?> problem) {
    String type = text(problem, "type");
    String service = text(problem, "service");
    String operation = text(problem, "method");
    String code = text(problem, "code");
    Delivery delivery = delivery(problem);
    if (type == null
        || !type.startsWith(ProblemForm.TYPE_PREFIX)
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
        .safeToResend(Boolean.TRUE.equals(problem.get("safeToResend")))
        .retryable(Boolean.TRUE.equals(problem.get("retryable")))
        .retryAfter(seconds(problem.get("retryAfter")))
        .rayId(text(problem, "rayId"))
        .cloudflareCode(integer(problem, "cloudflareCode", 1, 99_999, 0))
        .diagnosis(diagnosis(object(problem.get("diagnosis"))))
        .attempts(attempts(problem.get("attempts")))
        .build();
  }

  private static Diagnosis diagnosis(Map<?, ?> map) {
    return Diagnosis.of(
        textOrEmpty(map, "cause"), textOrEmpty(map, "fix"), textOrEmpty(map, "resend"));
  }

  /** Returns those elements that say which route and what came of it. */
  private static List<Attempt> attempts(@Nullable Object value) {
    List<Attempt> attempts = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object element : list) {
        Map<?, ?> map = object(element);
        String route = text(map, "route");
        Delivery delivery = delivery(map);
        if (route != null && delivery != null) {
          attempts.add(attempt(map, route, delivery));
        }
      }
    }
    return attempts;
  }

  private static Attempt attempt(Map<?, ?> map, String route, Delivery delivery) {
    Attempt.Builder attempt =
        Attempt.builder(route)
            .status(integer(map, "status", 100, 599, 0))
            .delivery(delivery)
            .rayId(text(map, "rayId"))
            .elapsed(millis(map.get("elapsedMillis")))
            .exchanges(integer(map, "exchanges", 0, Integer.MAX_VALUE, 1));
    String failure = text(map, "failure");
    if (failure != null) {
      attempt.failure(failure, textOrEmpty(map, "message"));
    }
    return attempt.build();
  }

  private static Map<?, ?> object(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static @Nullable String text(Map<?, ?> map, String name) {
    return map.get(name) instanceof String text
        ? RemoteText.clean(text, JsonMap.LONGEST_TEXT)
        : null;
  }

  private static String textOrEmpty(Map<?, ?> map, String name) {
    String value = text(map, name);
    return value == null ? "" : value;
  }

  private static @Nullable Delivery delivery(Map<?, ?> map) {
    Object name = map.get("delivery");
    for (Delivery delivery : Delivery.values()) {
      if (delivery.name().equals(name)) {
        return delivery;
      }
    }
    return null;
  }

  private static int integer(Map<?, ?> map, String name, int least, int most, int otherwise) {
    return map.get(name) instanceof Integer value && value >= least && value <= most
        ? value
        : otherwise;
  }

  private static Duration millis(@Nullable Object value) {
    long millis = value instanceof Integer some ? some : value instanceof Long many ? many : 0;
    return Duration.ofMillis(
        millis >= 0 && millis <= ProblemForm.LONGEST_SECONDS * 1000 ? millis : 0);
  }

  /** Refuses finer than nanoseconds: an exponent may ask for a billion digits. */
  private static @Nullable Duration seconds(@Nullable Object value) {
    if (!(value instanceof Number number)) {
      return null;
    }
    BigDecimal exact = number instanceof BigDecimal some ? some : new BigDecimal(number.toString());
    BigDecimal seconds = exact.stripTrailingZeros();
    return seconds.scale() <= NANO_DIGITS
            && seconds.signum() >= 0
            && seconds.compareTo(LONGEST) <= 0
        ? Duration.ofNanos(seconds.movePointRight(NANO_DIGITS).longValueExact())
        : null;
  }
}
