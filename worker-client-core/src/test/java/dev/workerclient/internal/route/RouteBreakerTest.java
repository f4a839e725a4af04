package dev.workerclient.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RouteBreakerTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 200;

  @Test
  void oneThatAdmittedNothingYetIsClosed() {
    RouteBreaker breaker = breaker();

    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    assertThat(breaker.isClosed()).isTrue();
    assertThat(breaker.opensAgainIn()).isZero();
  }

  @Test
  void aSlowRouteIsSkippedForAHealthierOneAndNeverRefused() {
    RouteBreaker slow = breaker();
    RouteBreaker other = breaker();

    for (int i = 0; i < 5; i++) {
      assertThat(slow.isClosed()).isTrue();
      late(slow);
    }

    assertThat(slow.isClosed()).isFalse();
    assertThat(slow.yieldsTo(other)).isTrue();
    for (int i = 0; i < 100; i++) {
      assertThat(slow.admit(List.of(other))).isNotNull();
      late(slow);
    }
  }

  private static void late(RouteBreaker breaker) {
    Object admission = Objects.requireNonNull(breaker.admit(List.of()));
    RouteFailure late = new RouteFailure(RouteFailure.Symptom.SLOW, false, 1, "late");
    assertThat(breaker.overdue(admission, late, true, null)).isTrue();
  }

  @Test
  void threadsThatAllComeFirstAreCountedTogether() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        RouteBreaker breaker = breaker();
        CyclicBarrier start = new CyclicBarrier(THREADS);
        Set<Object> admissions = ConcurrentHashMap.newKeySet();
        List<Future<?>> calls =
            IntStream.range(0, THREADS)
                .<Future<?>>mapToObj(
                    i ->
                        threads.submit(
                            () -> {
                              start.await();
                              return admissions.add(breaker.admit(List.of()));
                            }))
                .toList();
        for (Future<?> call : calls) {
          call.get();
        }
        assertThat(admissions).hasSize(1);
      }
    } finally {
      threads.shutdown();
    }
  }

  private static RouteBreaker breaker() {
    return RouteBreaker.of(
        "APIMOM",
        "custom-domain",
        new RouteBreaker.Policy(
            true,
            10,
            5,
            50,
            100,
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            2,
            Duration.ofMinutes(5),
            2,
            null,
            Clock.systemUTC(),
            () -> 0.5));
  }
}
