package dev.workerclient.jackson;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.workerclient.error.Attempt;
import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import dev.workerclient.internal.classify.RemoteText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes {@link ProblemJson}. */
final class ProblemWriter {
  private ProblemWriter() {}

  static byte[] write(ServiceError error) {
    byte[] whole = bytes(error, error.attempts());
    return whole.length <= ProblemJson.LIMIT ? whole : bytes(error, List.of());
  }

  private static byte[] bytes(ServiceError error, List<Attempt> attempts) {
    ObjectNode problem = JsonNodeFactory.instance.objectNode();
    text(problem, "type", ProblemJson.TYPE_PREFIX + error.code());
    text(problem, "title", title(error.code()));
    problem.put("status", error.status());
    text(problem, "detail", error.message());
    text(problem, "service", error.service());
    text(problem, "method", error.operation());
    text(problem, "code", error.code());
    problem.put("delivery", error.delivery().name());
    problem.put("safeToResend", error.safeToResend());
    problem.put("retryable", error.retryable());
    seconds(problem, "retryAfter", error.retryAfter());
    text(problem, "rayId", error.rayId());
    error.cloudflareCode().ifPresent(code -> problem.put("cloudflareCode", code));
    diagnosis(problem.putObject("diagnosis"), error.diagnosis());
    ArrayNode list = problem.putArray("attempts");
    for (Attempt attempt : attempts) {
      attempt(list.addObject(), attempt);
    }
    return JsonText.bytes(problem);
  }

  private static void diagnosis(ObjectNode node, Diagnosis diagnosis) {
    text(node, "cause", diagnosis.cause());
    text(node, "fix", diagnosis.fix());
    text(node, "resend", diagnosis.resend());
  }

  private static void attempt(ObjectNode node, Attempt attempt) {
    text(node, "route", attempt.route());
    attempt.status().ifPresent(status -> node.put("status", status));
    node.put("delivery", attempt.delivery().name());
    text(node, "rayId", attempt.rayId());
    if (isCounted(attempt.elapsed())) {
      node.put("elapsedMillis", attempt.elapsed().toMillis());
    }
    text(node, "failure", attempt.failure());
    text(node, "message", attempt.message());
    node.put("exchanges", attempt.exchanges());
  }

  private static void text(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, RemoteText.clean(value, ProblemJson.LONGEST_TEXT));
    }
  }

  private static void seconds(ObjectNode node, String name, @Nullable Duration time) {
    if (time == null || !isCounted(time)) {
      return;
    }
    BigDecimal seconds = BigDecimal.valueOf(time.toNanos(), 9).stripTrailingZeros();
    if (seconds.scale() <= 0) {
      node.put(name, seconds.longValue());
    } else {
      node.put(name, seconds);
    }
  }

  static boolean isCounted(Duration time) {
    return !time.isNegative()
        && time.compareTo(Duration.ofSeconds(ProblemJson.LONGEST_SECONDS)) <= 0;
  }

  private static String title(String code) {
    String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
    return words.isEmpty() ? words : code.charAt(0) + words.substring(1);
  }
}
