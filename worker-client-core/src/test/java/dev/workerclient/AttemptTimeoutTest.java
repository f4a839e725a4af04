package dev.workerclient;

import static dev.workerclient.Breakers.proxyOnly;
import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.hanging;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.WorkerTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The times that one call brings. */
@Timeout(60)
class AttemptTimeoutTest {
  private static final Duration SHORT = Duration.ofMillis(100);

  private final TestTiming timing = new TestTiming();
  @RegisterExtension final TestFleet fleet = new TestFleet();

  private String limitAtTheProxy(WorkerRequest request) {
    fleet.proxy().answers(answered(200, ""));
    WorkerResponse unused = request.execute();
    return String.valueOf(
        fleet.proxy().requests().get(0).getHeaders().get("Binding-Proxy-Timeout-Ms"));
  }

  @Test
  void aRouteThatHangsLeavesTimeForTheNext() {
    fleet.proxy().answers(hanging());
    fleet.domain().answers(plain(200, "late"));

    WorkerResponse response =
        fleet.service().get("/").attemptTimeout(Duration.ofSeconds(2)).execute();

    assertThat(response.string()).isEqualTo("late");
    assertThat(fleet.proxy().requests()).hasSize(1);
  }

  @Test
  void itsTimerIsTheAttempts() {
    fleet.proxy().answers(hanging());

    WorkerTimeoutException failure =
        catchThrowableOfType(
            WorkerTimeoutException.class,
            () -> fleet.service().post("/").attemptTimeout(SHORT).execute());

    assertThat(failure.phase()).isEqualTo(WorkerTimeoutException.Phase.ATTEMPT);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @Test
  void itMayBeLongerThanTheServices() {
    WorkerService service = fleet.service(fleet.builder().attemptTimeout(SHORT));

    assertThat(limitAtTheProxy(service.get("/").attemptTimeout(Duration.ofSeconds(9))))
        .isEqualTo("8900;headers");
  }

  @Test
  void theCallsTimeLimitsItTooInEitherOrder() {
    Duration call = Duration.ofSeconds(2);
    Duration attempt = Duration.ofSeconds(9);
    WorkerService service = fleet.service();

    assertThat(limitAtTheProxy(service.get("/").attemptTimeout(attempt).callTimeout(call)))
        .matches("([1-9]\\d\\d|1\\d{3});headers");
    WorkerResponse unused = service.get("/").callTimeout(call).attemptTimeout(attempt).execute();
    assertThat(fleet.proxy().requests().get(1).getHeaders().get("Binding-Proxy-Timeout-Ms"))
        .matches("([1-9]\\d\\d|1\\d{3});headers");
  }

  @Test
  void timeoutAndCallTimeoutAreTheSame() {
    Duration five = Duration.ofSeconds(5);
    WorkerService service = fleet.service();

    assertThat(limitAtTheProxy(service.get("/").callTimeout(Duration.ofDays(1)).timeout(five)))
        .matches("(\\d{3}|[1-4]\\d{3});headers");
    WorkerResponse unused =
        service.get("/").timeout(five).callTimeout(Duration.ofDays(1)).execute();
    assertThat(fleet.proxy().requests().get(1).getHeaders().get("Binding-Proxy-Timeout-Ms"))
        .isEqualTo("9900;headers");
  }

  @Test
  void aRouteIsNotBlamedForAnAttemptThatHadLessTimeThanOthers() {
    fleet.proxy().answers(hanging());
    WorkerService service = fleet.service(proxyOnly(fleet, timing));

    for (int i = 0; i < 20; i++) {
      WorkerTimeoutException failure =
          catchThrowableOfType(
              WorkerTimeoutException.class,
              () -> service.get("/").attemptTimeout(Duration.ofMillis(20)).execute());
      assertThat(failure).isNotNull();
    }

    fleet.proxy().answers(answered(200, "fine"));
    assertThat(service.get("/").execute().string()).isEqualTo("fine");
  }

  @Test
  void aTimeThatIsNoneIsRefused() {
    WorkerRequest request = fleet.service().get("/");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> request.attemptTimeout(Duration.ZERO))
        .withMessageContaining("attemptTimeout was given PT0S; write a time from 1 ms");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request.callTimeout(Duration.ofDays(2)))
        .withMessageContaining("callTimeout was given");
  }
}
