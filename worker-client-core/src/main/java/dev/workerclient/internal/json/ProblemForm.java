package dev.workerclient.internal.json;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A {@link ServiceError} as RFC 9457 problem+json; the codec modules' ProblemJson documents it. */
public final class ProblemForm {
  /** The media type, {@value}. */
  public static final String CONTENT_TYPE = "application/problem+json";

  /** What each {@code type} begins with; the error's code follows. */
  static final String TYPE_PREFIX = "urn:worker-client:";

  /** The most bytes that are written or read: 64 KiB. */
  static final int LIMIT = 64 * 1024;

  /** The longest time that is written or read. */
  static final long LONGEST_SECONDS = 999_999_999;

  private ProblemForm() {}

  /** Returns the error with all its members, in their order. */
  public static Map<String, Object> of(ServiceError error) {
    return of(error, error.attempts());
  }

  /** Writes the error in at most 64 KiB, without its attempts if they would make it larger. */
  public static byte[] write(ServiceError error) {
    Objects.requireNonNull(error, "error");
    byte[] whole = JsonBytes.write(of(error));
    return whole.length <= LIMIT ? whole : JsonBytes.write(of(error, List.of()));
  }

  /** Writes {@link PublicProblem#of}. */
  public static byte[] writePublic(ServiceError error) {
    Objects.requireNonNull(error, "error");
    return JsonBytes.write(PublicProblem.of(error));
  }

  /** Reads an error; null if the body is not one. Never throws. */
  public static @Nullable ServiceError read(byte[] body) {
    Objects.requireNonNull(body, "body");
    return ProblemReader.read(body);
  }

  /** Reads an error from a body of that content type; null if either is not one. Never throws. */
  public static @Nullable ServiceError read(byte[] body, String contentType) {
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(contentType, "contentType");
    int parameters = contentType.indexOf(';');
    String mediaType = parameters < 0 ? contentType : contentType.substring(0, parameters);
    boolean problem = mediaType.trim().toLowerCase(Locale.ROOT).equals(CONTENT_TYPE);
    return problem ? ProblemReader.read(body) : null;
  }

  private static Map<String, Object> of(ServiceError error, List<Attempt> attempts) {
    JsonMap problem =
        new JsonMap()
            .text("type", TYPE_PREFIX + error.code())
            .text("title", title(error.code()))
            .put("status", error.status())
            .text("detail", error.message())
            .text("service", error.service())
            .text("method", error.operation())
            .text("code", error.code())
            .put("delivery", error.delivery().name())
            .put("safeToResend", error.safeToResend())
            .put("retryable", error.retryable())
            .put("retryAfter", seconds(error.retryAfter()))
            .text("rayId", error.rayId());
    error.cloudflareCode().ifPresent(code -> problem.put("cloudflareCode", code));
    return problem
        .put("diagnosis", diagnosis(error.diagnosis()))
        .put("attempts", attempts.stream().map(ProblemForm::attempt).toList())
        .members();
  }

  private static Map<String, Object> diagnosis(Diagnosis diagnosis) {
    return new JsonMap()
        .text("cause", diagnosis.cause())
        .text("fix", diagnosis.fix())
        .text("resend", diagnosis.resend())
        .members();
  }

  private static Map<String, Object> attempt(Attempt attempt) {
    JsonMap map = new JsonMap().text("route", attempt.route());
    attempt.status().ifPresent(status -> map.put("status", status));
    map.put("delivery", attempt.delivery().name()).text("rayId", attempt.rayId());
    if (isCounted(attempt.elapsed())) {
      map.put("elapsedMillis", attempt.elapsed().toMillis());
    }
    return map.text("failure", attempt.failure())
        .text("message", attempt.message())
        .put("exchanges", attempt.exchanges())
        .members();
  }

  private static @Nullable Number seconds(@Nullable Duration time) {
    if (time == null || !isCounted(time)) {
      return null;
    }
    BigDecimal seconds = BigDecimal.valueOf(time.toNanos(), 9).stripTrailingZeros();
    return seconds.scale() <= 0 ? (Number) seconds.longValue() : seconds;
  }

  static boolean isCounted(Duration time) {
    return !time.isNegative() && time.compareTo(Duration.ofSeconds(LONGEST_SECONDS)) <= 0;
  }

  private static String title(String code) {
    String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
    return words.isEmpty() ? words : code.charAt(0) + words.substring(1);
  }
}
