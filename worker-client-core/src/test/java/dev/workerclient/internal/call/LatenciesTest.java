package dev.workerclient.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.internal.call.Latencies.Latency;
import dev.workerclient.internal.http.CallSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private static final long MILLI = 1_000_000;

  private final Latencies latencies = new Latencies(95);

  private static CallSpec get(@Nullable String template, @Nullable String name) {
    return spec("GET", template, name);
  }

  private static CallSpec spec(String method, @Nullable String template, @Nullable String name) {
    Duration second = Duration.ofSeconds(1);
    CallSpec.Limits limits = new CallSpec.Limits(second, second, second, 1);
    return CallSpecs.of(method, template, name, true, limits);
  }

  /** Adds so many times, from one millisecond up. */
  private static void add(Latency latency, int count) {
    for (int i = 1; i <= count; i++) {
      latency.add(i * MILLI);
    }
  }

  @Test
  void nothingIsUsualUntilTwentyAnswersAreKnown() {
    Latency latency = latencies.of(get("/", null));

    add(latency, 19);
    assertThat(latency.usual).isEqualTo(Latency.UNKNOWN);
    assertThat(latency.limit).isEqualTo(Latency.UNKNOWN);
    latency.add(20 * MILLI);

    assertThat(latency.usual).isEqualTo(19 * MILLI); // 95 % of 20.
    assertThat(latency.limit).isEqualTo(8 * 20 * MILLI);
  }

  @Test
  void theirOrderDoesNotMatter() {
    Latency latency = latencies.of(get("/", null));

    for (int i = 20; i > 0; i--) {
      latency.add(i * MILLI);
    }

    assertThat(latency.usual).isEqualTo(19 * MILLI);
    assertThat(latency.limit).isEqualTo(8 * 20 * MILLI);
  }

  @Test
  void theLastTwoHundredCount() {
    Latency latency = latencies.of(get("/", null));

    add(latency, 400);

    assertThat(latency.usual).isEqualTo(390 * MILLI);
    assertThat(latency.limit).isEqualTo(8 * 398 * MILLI);
  }

  @Test
  void nothingShortIsFarTooLong() {
    Latency latency = latencies.of(get("/", null));

    for (int i = 0; i < 20; i++) {
      latency.add(MILLI);
    }

    assertThat(latency.limit).isEqualTo(100 * MILLI);
  }

  @Test
  void aRouteThatIsSlowForAWhileDoesNotMakeThatUsual() {
    Latency latency = latencies.of(get("/", null));
    add(latency, 200);

    for (int i = 0; i < 15; i++) {
      latency.add(9_000 * MILLI);
    }
    assertThat(latency.limit).isLessThan(2_000 * MILLI);
    for (int i = 0; i < 2_000; i++) {
      latency.add(9_000 * MILLI);
    }
    assertThat(latency.usual).isEqualTo(9_000 * MILLI);
  }

  @Test
  void eachOperationHasItsOwn() {
    Latency look = latencies.of(get("/v1/orders/{id}", null));

    assertThat(latencies.of(get("/v1/orders/{id}", null))).isSameAs(look);
    assertThat(latencies.of(get("/v1/report", null))).isNotSameAs(look);
    assertThat(latencies.of(get("/v1/orders/{id}", "other"))).isNotSameAs(look);
    assertThat(latencies.of(spec("HEAD", "/v1/orders/{id}", null))).isSameAs(look);
    assertThat(latencies.of(spec("PUT", "/v1/orders/{id}", null))).isNotSameAs(look);
  }

  @Test
  void pathsWithoutEndShareOne() {
    for (int i = 0; i < 100; i++) {
      latencies.of(get("/" + i, null));
    }

    Latency shared = latencies.of(get("/100", null));
    assertThat(latencies.of(get("/101", null))).isSameAs(shared);
    assertThat(latencies.of(get(null, null))).isSameAs(shared);
    assertThat(latencies.of(get("/7", null))).isNotSameAs(shared);
  }

  @Test
  void whatIsForgottenIsUnknown() {
    add(latencies.of(get("/", null)), 20);
    add(latencies.of(spec("PUT", "/", null)), 20);
    add(latencies.of(get(null, null)), 20);

    latencies.clear();

    assertThat(latencies.of(get("/", null)).usual).isEqualTo(Latency.UNKNOWN);
    assertThat(latencies.of(spec("PUT", "/", null)).usual).isEqualTo(Latency.UNKNOWN);
    assertThat(latencies.of(get(null, null)).usual).isEqualTo(Latency.UNKNOWN);
  }
}
