package dev.workerclient.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProblemJsonTest {
  private static final List<Delivery> DELIVERIES = List.of(Delivery.values());
  private static final ServiceError ERROR_1042 =
      ServiceError.builder("APIMOM", "GET /v1/health", "ERROR_1042")
          .message("Cloudflare error 1042, HTTP 404")
          .status(502)
          .delivery(Delivery.UNKNOWN)
          .safeToResend(true)
          .retryable(true)
          .retryAfter(Duration.ofMillis(1500))
          .rayId("8f1c-FRA")
          .cloudflareCode(1042)
          .diagnosis(Diagnosis.of("no Worker", "give it a domain", "unknown"))
          .attempts(
              List.of(
                  Attempt.builder("binding-proxy")
                      .delivery(Delivery.NOT_DELIVERED)
                      .failure("WORKER_CONNECTION", "refused")
                      .exchanges(0)
                      .build(),
                  Attempt.builder("custom-domain")
                      .status(404)
                      .rayId("8f1c-FRA")
                      .elapsed(Duration.ofMillis(12))
                      .failure("ERROR_1042", "Cloudflare error 1042")
                      .build()))
          .build();

  @Test
  void everyMemberHasItsPlace() {
    assertThat(ProblemJson.write(ERROR_1042))
        .asString(UTF_8)
        .isEqualTo(
            """
            {"type":"urn:worker-client:ERROR_1042","title":"Error 1042","status":502,\
            "detail":"Cloudflare error 1042, HTTP 404",\
            "service":"APIMOM","method":"GET /v1/health","code":"ERROR_1042",\
            "delivery":"UNKNOWN","safeToResend":true,"retryable":true,"retryAfter":1.5,\
            "rayId":"8f1c-FRA","cloudflareCode":1042,\
            "diagnosis":{"cause":"no Worker","fix":"give it a domain","resend":"unknown"},\
            "attempts":[\
            {"route":"binding-proxy","delivery":"NOT_DELIVERED","elapsedMillis":0,\
            "failure":"WORKER_CONNECTION","message":"refused","exchanges":0},\
            {"route":"custom-domain","status":404,"delivery":"UNKNOWN","rayId":"8f1c-FRA",\
            "elapsedMillis":12,"failure":"ERROR_1042","message":"Cloudflare error 1042",\
            "exchanges":1}]}""");
    assertThat(read(ProblemJson.write(ERROR_1042))).isEqualTo(ERROR_1042);
  }

  @Test
  void whatIsAbsentStaysAbsent() {
    ServiceError error = ServiceError.builder("AUDIT", "GET /", "WORKER_TIMEOUT").build();

    byte[] json = ProblemJson.write(error);

    assertThat(json)
        .asString(UTF_8)
        .doesNotContain("retryAfter", "rayId", "cloudflareCode", "null");
    assertThat(read(json)).isEqualTo(error);
  }

  @Test
  void everyErrorReadsBackAsItWasWritten() {
    Random random = new Random(9457);
    for (int i = 0; i < 5_000; i++) {
      ServiceError error = anyError(random);

      assertThat(read(ProblemJson.write(error))).isEqualTo(error);
    }
  }

  @Test
  void wholeSecondsAreWrittenWithoutAFraction() {
    assertThat(written(retryAfter(Duration.ofSeconds(30)))).contains("\"retryAfter\":30,");
    assertThat(written(retryAfter(Duration.ZERO))).contains("\"retryAfter\":0,");
  }

  @Test
  void fractionOfAMillisecondOfElapsedIsDropped() {
    ServiceError error = attempt(Duration.ofNanos(12_999_999));

    assertThat(read(ProblemJson.write(error))).isEqualTo(attempt(Duration.ofMillis(12)));
  }

  @Test
  void timesBeyondAllReasonAreLeftOut() {
    for (Duration time : List.of(Duration.ofSeconds(Long.MAX_VALUE), Duration.ofNanos(-1))) {
      assertThat(written(retryAfter(time))).doesNotContain("retryAfter");
      assertThat(written(attempt(time))).doesNotContain("elapsedMillis");
    }
  }

  @Test
  void invisibleCharactersAreWrittenAsTheirEscapes() {
    ServiceError error =
        ServiceError.builder("A", "GET /", "X").message("a\n\u202eb\ud800\u0000").build();

    assertThat(read(ProblemJson.write(error)).message())
        .isEqualTo("a\\u000a\\u202eb\\ud800\\u0000");
  }

  @Test
  void longTextIsCutOnceAndStaysAsItIsFromThenOn() {
    ServiceError error =
        ServiceError.builder("A", "GET /", "X").message("x".repeat(100_000)).build();

    ServiceError first = read(ProblemJson.write(error));

    assertThat(first.message()).isEqualTo("x".repeat(1000) + "…");
    assertThat(read(ProblemJson.write(first))).isEqualTo(first);
  }

  @Test
  void attemptsAreLeftOutWhereNobodyCouldReadThemBack() {
    Attempt attempt =
        Attempt.builder("custom-domain").failure("ERROR_1042", "x".repeat(1000)).build();
    ServiceError.Builder error = ServiceError.builder("A", "GET /", "X").message("too many");

    byte[] json = ProblemJson.write(error.attempts(Collections.nCopies(1_000, attempt)).build());

    assertThat(read(json)).isEqualTo(error.attempts(List.of()).build());
  }

  private static ServiceError retryAfter(Duration time) {
    return ServiceError.builder("A", "GET /", "X").retryAfter(time).build();
  }

  private static ServiceError attempt(Duration elapsed) {
    Attempt attempt = Attempt.builder("custom-domain").status(200).elapsed(elapsed).build();
    return ServiceError.builder("A", "GET /", "X").attempts(List.of(attempt)).build();
  }

  private static String written(ServiceError error) {
    return new String(ProblemJson.write(error), UTF_8);
  }

  private static ServiceError read(byte[] json) {
    return Objects.requireNonNull(ProblemJson.read(json));
  }

  private static ServiceError anyError(Random random) {
    List<Attempt> attempts = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      attempts.add(anyAttempt(random));
    }
    return ServiceError.builder(anyText(random), anyText(random), anyText(random))
        .message(anyText(random))
        .status(100 + random.nextInt(500))
        .delivery(anyDelivery(random))
        .retryable(random.nextBoolean())
        .retryAfter(random.nextBoolean() ? anySeconds(random) : null)
        .rayId(random.nextBoolean() ? anyText(random) : null)
        .cloudflareCode(random.nextInt(100_000))
        .diagnosis(Diagnosis.of(anyText(random), anyText(random), anyText(random)))
        .attempts(attempts)
        .build();
  }

  private static Attempt anyAttempt(Random random) {
    Attempt.Builder attempt =
        Attempt.builder(anyText(random))
            .status(random.nextBoolean() ? 100 + random.nextInt(500) : 0)
            .delivery(anyDelivery(random))
            .rayId(random.nextBoolean() ? anyText(random) : null)
            .elapsed(Duration.ofMillis(random.nextLong(999_999_999_001L)));
    return (random.nextBoolean() ? attempt.failure(anyText(random), anyText(random)) : attempt)
        .exchanges(random.nextInt(Integer.MAX_VALUE))
        .build();
  }

  private static Duration anySeconds(Random random) {
    long nanos =
        switch (random.nextInt(3)) {
          case 0 -> 0;
          case 1 -> random.nextInt(1_000) * 1_000_000L;
          default -> random.nextInt(1_000_000_000);
        };
    return Duration.ofSeconds(random.nextInt(999_999_999), nanos);
  }

  private static Delivery anyDelivery(Random random) {
    return DELIVERIES.get(random.nextInt(DELIVERIES.size()));
  }

  /** Any letters, quotes and backslashes among them, up to the longest that is kept. */
  private static String anyText(Random random) {
    String letters = "aZ9 _/{}\"\\'<>&:,.éßжñ…中ﬀ";
    int length = random.nextInt(10) == 0 ? 1000 : random.nextInt(12);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
