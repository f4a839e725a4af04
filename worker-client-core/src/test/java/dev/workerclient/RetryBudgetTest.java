package dev.workerclient;

import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.dropped;
import static dev.workerclient.TestRoute.plain;
import static dev.workerclient.TestRoute.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.workerclient.error.WorkerException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What sending again costs, and what it costs nothing for. */
class RetryBudgetTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();

  private WorkerService service(int tokens) {
    return fleet.service(
        timing
            .in(fleet.builder())
            .retryBudget(RetryBudgetOptions.builder().capacity(tokens).build()));
  }

  private void fail(WorkerService service) {
    assertThatExceptionOfType(WorkerException.class).isThrownBy(() -> service.get("/").execute());
  }

  @Test
  void aServiceThatFailsGetsOneRequestACallOnceTheBudgetIsSpent() {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(dropped());
    WorkerService service = service(28);

    fail(service);
    assertThat(fleet.domain().requests()).hasSize(2);
    fail(service);
    assertThat(fleet.domain().requests()).hasSize(4);
    fail(service);
    assertThat(fleet.domain().requests()).hasSize(5);
  }

  @Test
  void aDisabledBudgetRefusesNothing() {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(dropped());
    WorkerService service =
        fleet.service(timing.in(fleet.builder()).retryBudget(RetryBudgetOptions.disabled()));
    int calls = 40; // The default of 500 tokens pays for 35.

    for (int i = 0; i < calls; i++) {
      fail(service);
    }

    assertThat(fleet.domain().requests()).hasSize(2 * calls);
  }

  @Test
  void anotherRouteIsFreeAfterWhatDidNotReachTheTarget() {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(200, "{}"));
    WorkerService service = service(0);

    for (int i = 0; i < 5; i++) {
      assertThat(service.get("/").execute().route()).isEqualTo("custom-domain");
    }
  }

  @Test
  void anotherRouteCostsTokensAfterWhatMayHaveRun() {
    fleet.proxy().answers(dropped());
    fleet.domain().answers(plain(200, "{}"));
    WorkerService service = service(14);

    assertThat(service.get("/").execute().route()).isEqualTo("custom-domain");
    fail(service);

    assertThat(fleet.domain().requests()).hasSize(1);
  }

  private WorkerService domainAlone(int tokens) {
    return fleet.service(
        timing
            .in(
                WorkerClient.builder()
                    .service("ORDERS", own -> own.customDomain(fleet.domain().url())))
            .retryBudget(RetryBudgetOptions.builder().capacity(tokens).build()),
        "ORDERS");
  }

  @Test
  void aRepeatAfterAPooledConnectionBrokeIsFree() {
    WorkerService service = domainAlone(0);
    AtomicInteger requests = new AtomicInteger();
    fleet
        .domain()
        .answers(request -> requests.incrementAndGet() == 2 ? dropped() : plain(200, "{}"));
    service.get("/").execute();

    assertThat(service.get("/").execute().attempts()).hasSize(2);
  }

  @Test
  void aRepeatPaysIfTheNewConnectionBreaksToo() {
    WorkerService service = domainAlone(28);
    fleet.domain().answers(plain(200, "{}"));
    service.get("/").execute();
    fleet.domain().answers(dropped());

    fail(service);
    assertThat(fleet.domain().requests()).hasSize(1 + 3);
    fail(service);
    assertThat(fleet.domain().requests()).hasSize(1 + 3 + 1);
  }

  @Test
  void callsThatSucceedAtOnceFillTheBudgetAgain() {
    fleet.proxy().answers(problem(502, "dispatch-threw", "NETWORK_LOST"));
    fleet.domain().answers(plain(200, "{}"));
    WorkerService service = service(14);
    assertThat(service.get("/").execute().attempts()).hasSize(2);

    fleet.proxy().answers(TestRoute.answered(200, "{}"));
    for (int i = 0; i < 13; i++) {
      service.get("/").execute();
    }
    fleet.proxy().answers(problem(502, "dispatch-threw", "NETWORK_LOST"));
    fail(service);
    fleet.proxy().answers(TestRoute.answered(200, "{}"));
    service.get("/").execute();
    fleet.proxy().answers(problem(502, "dispatch-threw", "NETWORK_LOST"));

    assertThat(service.get("/").execute().attempts()).hasSize(2);
  }
}
