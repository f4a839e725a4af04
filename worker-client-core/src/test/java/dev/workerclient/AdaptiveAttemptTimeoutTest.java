package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.hanging;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An attempt that takes far longer than usual ends early, if the call can be sent again. */
@Timeout(60)
class AdaptiveAttemptTimeoutTest {
  private static final int KNOWN = 20;
  private static final Duration LONG = Duration.ofSeconds(2);

  @RegisterExtension final TestFleet fleet = new TestFleet();

  private final List<Attempt> attempts = new ArrayList<>();

  /** One route and three attempts, of which the whole call leaves time for each. */
  private WorkerClient.Builder builder() {
    return WorkerClient.builder()
        .bindingProxy(fleet.proxy().url())
        .service(TestFleet.SERVICE)
        .attemptTimeout(LONG)
        .callTimeout(LONG.multipliedBy(4))
        .retry(RetryOptions.ofDefaults())
        .listener(
            new CallListener() {
              @Override
              public void callEnded(
                  CallInfo call,
                  Duration elapsed,
                  List<Attempt> made,
                  @Nullable WorkerException failure) {
                attempts.clear();
                attempts.addAll(made);
              }
            });
  }

  private WorkerService known(WorkerClient.Builder builder) {
    fleet.proxy().answers(answered(200, "{}"));
    WorkerService service = fleet.service(builder);
    for (int i = 0; i < KNOWN; i++) {
      service.get("/").execute();
    }
    return service;
  }

  private void hangOnce() {
    AtomicInteger seen = new AtomicInteger();
    fleet.proxy().answers(request -> seen.getAndIncrement() == 0 ? hanging() : answered(200, "{}"));
  }

  @Test
  void aCallThatHangsIsSentAgainSoon() {
    WorkerService service = known(builder());
    hangOnce();

    assertThat(service.get("/").execute().status()).isEqualTo(200);

    assertThat(attempts).hasSize(2);
    assertThat(attempts.get(0).elapsed()).isLessThan(LONG);
    assertThat(attempts.get(0).failure()).isEqualTo("WORKER_TIMEOUT");
    assertThat(attempts.get(0).message())
        .matches("no answer within \\d+ ms, 8 times the latency of 99 % of responses, .*");
    assertThat(fleet.proxy().requests()).hasSize(KNOWN + 2);
  }

  @Test
  void theLastAttemptHasItsWholeTime() {
    WorkerService service = known(builder());
    fleet.proxy().answers(hanging());

    WorkerTimeoutException thrown =
        catchThrowableOfType(WorkerTimeoutException.class, () -> service.get("/").execute());

    assertThat(thrown).isNotNull();
    assertThat(attempts).hasSize(3);
    assertThat(attempts.get(0).elapsed()).isLessThan(LONG);
    assertThat(attempts.get(1).elapsed()).isGreaterThanOrEqualTo(LONG); // It would not help either.
    assertThat(attempts.get(2).elapsed()).isGreaterThanOrEqualTo(LONG);
    assertThat(thrown).hasMessageContaining("no answer within attemptTimeout");
  }

  @Test
  void aCallWithoutTimeForAnotherWholeAttemptHasItsOwn() {
    WorkerService service = known(builder().callTimeout(LONG.plusMillis(50)));
    hangOnce();

    assertThatThrownBy(() -> service.get("/").execute()).isInstanceOf(WorkerException.class);

    assertThat(attempts).hasSize(1);
    assertThat(attempts.get(0).elapsed()).isGreaterThanOrEqualTo(LONG);
  }

  @Test
  void aCallThatMayNotBeRepeatedHasItsWholeTime() {
    WorkerService service = known(builder().attemptTimeout(Duration.ofMillis(500)));
    for (int i = 0; i < KNOWN; i++) {
      service.post("/").execute();
    }
    fleet.proxy().answers(hanging());

    assertThatThrownBy(() -> service.post("/").execute()).isInstanceOf(WorkerException.class);

    assertThat(attempts).hasSize(1);
    assertThat(attempts.get(0).elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(500));
  }

  @Test
  void itCanBeSwitchedOff() {
    WorkerService service =
        known(builder().attemptTimeout(Duration.ofMillis(500)).adaptiveAttemptTimeout(false));
    hangOnce();

    service.get("/").execute();

    assertThat(attempts.get(0).elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(500));
    assertThat(attempts.get(0).message()).isEqualTo("no answer within attemptTimeout");
  }
}
