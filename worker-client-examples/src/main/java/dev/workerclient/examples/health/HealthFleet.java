package dev.workerclient.examples.health;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockService;
import dev.workerclient.mockserver.MockWorkers;

/** Four services in one mock server: one is up, one depends on its fallback, two are down. */
final class HealthFleet implements AutoCloseable {
  private static final MockAnswer WELL = MockAnswer.json("{\"ok\":true}");

  private final MockWorkers workers = MockWorkers.start();
  private final WorkerClient client;

  HealthFleet() {
    MockService orders = withHealthPath("ORDERS");
    orders.binding().fails(Fault.dispatchMismatch());

    MockService catalog = withHealthPath("CATALOG");
    catalog.binding().answers(WELL);
    catalog.customDomain().answers(WELL);

    MockService reviews = withHealthPath("REVIEWS");
    reviews.binding().fails(Fault.noFetchHandler());
    reviews.customDomain().fails(Fault.error1042());

    MockService media = withHealthPath("MEDIA");
    media.binding().fails(Fault.bindingMissing());
    media.customDomain().answers(WELL);

    client = workers.client();
    openTheBreakerOf(client.service("MEDIA"));
  }

  private MockService withHealthPath(String name) {
    return workers.service(name).clientSettings(own -> own.healthPath("/health")).optional();
  }

  /** Two calls find the binding missing, and are answered by the custom domain. */
  private static void openTheBreakerOf(WorkerService media) {
    media.get("/v1/images").execute();
    media.get("/v1/images").execute();
  }

  WorkerClient client() {
    return client;
  }

  @Override
  public void close() {
    workers.close();
  }
}
