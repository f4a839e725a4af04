package dev.workerclient;

import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.CloudflareErrorException;
import dev.workerclient.error.RateLimitedException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wait that a remote asks for: which values count, and what the extremes do. */
@Timeout(30)
class RetryAfterTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();

  private WorkerService domainOnly() {
    return fleet.service(
        timing.in(
            WorkerClient.builder()
                .service("APIMOM", own -> own.customDomain(fleet.domain().url()))));
  }

  private static MockResponse throttled(int status, String retryAfter) {
    return plain(status, "{}").newBuilder().addHeader("Retry-After", retryAfter).build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Fri, 31 Dec 9999 23:59:59 GMT", "999999999", "999999999.5", "99999999999999"})
  void theLongestWaitsThatAServerCanAskForReachTheCallerOrNobody(String wait) {
    fleet.domain().answers(throttled(429, wait));

    assertThat(domainOnly().get("/").execute().status()).isEqualTo(429);
    assertThat(timing.waits()).allMatch(each -> each.compareTo(Duration.ofSeconds(1)) < 0);
  }

  @Test
  void aWaitOfCenturiesIsExposedAsOneThatFitsIntoNanoseconds() {
    fleet
        .domain()
        .answers(
            new MockResponse.Builder()
                .code(429)
                .addHeader("Content-Type", "text/plain")
                .addHeader("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT")
                .body("error code: 1015")
                .build());

    RateLimitedException failure =
        catchThrowableOfType(RateLimitedException.class, () -> domainOnly().get("/").execute());

    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(999_999_999));
    assertThat(fleet.domain().requests()).hasSize(1);
  }

  @Test
  void aWaitWithAFractionOfASecondIsRoundedUp() {
    AtomicInteger asked = new AtomicInteger();
    fleet
        .domain()
        .answers(
            request -> asked.incrementAndGet() == 1 ? throttled(503, "1.2") : plain(200, "later"));
    timing.dice(0);

    assertThat(domainOnly().get("/").execute().status()).isEqualTo(200);
    assertThat(timing.waits()).hasSize(1);
    assertThat(timing.waits().get(0)).isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(2));
  }

  /** Cloudflare's own page, in the formats that it names a wait in. */
  static Stream<MockResponse> pagesOfPlainStatuses() {
    return IntStream.of(500, 502, 504, 520, 521, 522, 523, 524)
        .boxed()
        .flatMap(code -> Stream.of(structured(code, 60), markdown(code, 60)));
  }

  private static MockResponse structured(int code, int retryAfter) {
    return plain(
        code < 1000 ? code : 429,
        String.format(
            Locale.ROOT,
            "{\"status\":%1$d,\"error_code\":%1$d,\"error_name\":\"origin_bad_gateway\","
                + "\"cloudflare_error\":true,\"retryable\":true,\"retry_after\":%2$d,"
                + "\"ray_id\":\"8f00aa11bb22cc33\"}",
            code,
            retryAfter));
  }

  private static MockResponse markdown(int code, int retryAfter) {
    return new MockResponse.Builder()
        .code(code < 1000 ? code : 429)
        .addHeader("Content-Type", "text/markdown; charset=utf-8")
        .body(
            String.format(
                Locale.ROOT,
                "---\nerror_code: %d\ncloudflare_error: true\nretryable: true\nretry_after: %d\n---\n",
                code,
                retryAfter))
        .build();
  }

  @ParameterizedTest
  @MethodSource("pagesOfPlainStatuses")
  void theConstantInThePageOfAPlainStatusIsNoWait(MockResponse page) {
    AtomicInteger asked = new AtomicInteger();
    fleet.domain().answers(request -> asked.incrementAndGet() == 1 ? page : plain(200, "later"));

    assertThat(domainOnly().get("/").execute().status()).isEqualTo(200);
    assertThat(fleet.domain().requests()).hasSize(2);
    assertThat(timing.waits()).containsExactly(Duration.ofMillis(100));
  }

  @Test
  void theConstantInThePageOfAPlainStatusIsNotExposedEither() {
    fleet.domain().answers(structured(522, 120));

    CloudflareErrorException failure =
        catchThrowableOfType(
            CloudflareErrorException.class, () -> domainOnly().post("/").execute());

    assertThat(failure.serviceError().retryAfter()).isNull();
  }

  @Test
  void aHeaderBesideThePageOfAPlainStatusCounts() {
    fleet.domain().answers(structured(502, 1).newBuilder().addHeader("Retry-After", "60").build());

    CloudflareErrorException failure =
        catchThrowableOfType(CloudflareErrorException.class, () -> domainOnly().get("/").execute());

    assertThat(failure.serviceError().retryAfter()).isEqualTo(Duration.ofSeconds(60));
    assertThat(fleet.domain().requests()).hasSize(1);
  }

  static Stream<MockResponse> rateLimitsInTheBody() {
    return Stream.of(structured(1015, 30), markdown(1015, 30));
  }

  @ParameterizedTest
  @MethodSource("rateLimitsInTheBody")
  void theWaitInTheBodyOfARateLimitCounts(MockResponse limited) {
    fleet.domain().answers(limited);

    RateLimitedException failure =
        catchThrowableOfType(RateLimitedException.class, () -> domainOnly().get("/").execute());

    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(fleet.domain().requests()).hasSize(1);
  }
}
