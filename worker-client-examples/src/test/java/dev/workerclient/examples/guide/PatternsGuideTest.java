package dev.workerclient.examples.guide;

import static dev.workerclient.mockserver.MockAnswer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.error.DispatchMismatchException;
import dev.workerclient.error.Error1042Exception;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockService;
import dev.workerclient.mockserver.MockWorkers;
import dev.workerclient.mockserver.MockWorkersExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What docs/architecture-patterns.md says of failures. */
class PatternsGuideTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  @Test
  void aPostOfAHybridGoesToTheDomainOnlyIfTheWorkerDidNotRun() {
    MockService orders = workers.service("ORDERS");
    orders.binding().fails(Fault.bindingMissing()).times(1).thenFails(Fault.dispatchMismatch());
    orders.customDomain().answers(json("{}"));
    WorkerService service = workers.client().service("ORDERS");

    assertThat(service.post("/orders").execute().route()).isEqualTo("custom-domain");
    assertThatExceptionOfType(DispatchMismatchException.class)
        .isThrownBy(() -> service.post("/orders").execute());
    assertThat(orders.customDomain().requests()).hasSize(1);
  }

  @Test
  void anErrorWithoutTheGatewaysStampProvesThatNothingRan() {
    try (MockWorkers mock = MockWorkers.start();
        WorkerClient client = PatternsGuide.gateway(mock.customDomainUrl("ORDERS"), "token")) {
      mock.service("ORDERS").customDomain().fails(Fault.error1042());

      assertThatExceptionOfType(Error1042Exception.class)
          .isThrownBy(() -> client.service("ORDERS").post("/orders").execute())
          .satisfies(failure -> assertThat(failure.serviceError().safeToResend()).isTrue());
    }
  }

  @Test
  void theFacadeAndTheQueueAreJavaObjectsInTests() {
    workers
        .service("SHOP")
        .rpc((PatternsGuide.Shop) id -> new PatternsGuide.Summary(id, "apple", "2.50"));
    PatternsGuide.PackingJobs jobs = job -> assertThat(job.orderId()).isEqualTo("o-1");
    workers.service("PACKING_JOBS").rpc(jobs);

    assertThat(PatternsGuide.throughTheFacade(workers.client()).price()).isEqualTo("2.50");
    PatternsGuide.pack(workers.client(), "o-1");
  }
}
