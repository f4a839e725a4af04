package dev.workerclient.examples.quickstart;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkers;

/** The embedded fleet: one mock server in this process plays the proxy and the custom domains. */
final class MockFleet implements Fleet {
  private static final MockAnswer HELLO = MockAnswer.json("{\"hello\":\"world\"}");

  private final MockWorkers workers = MockWorkers.start();
  private final WorkerClient client;

  MockFleet() {
    workers.service(BEHAVES).binding().answers(HELLO);
    workers.service(BEHAVES).customDomain().answers(HELLO);
    workers.service(MISSING).binding().fails(Fault.bindingMissing());
    workers.service(MISSING).customDomain().answers(HELLO);
    workers.service(NO_RESPONSE).binding().fails(Fault.dispatchMismatch());
    workers.service(NO_RESPONSE).customDomain().answers(HELLO);
    scriptGone(workers);
    client = workers.client();
  }

  static void scriptGone(MockWorkers workers) {
    workers.service(GONE).binding().fails(Fault.error1042());
    workers.service(GONE).customDomain().fails(Fault.error1042());
  }

  @Override
  public String description() {
    return "an embedded fleet (MockWorkers)";
  }

  @Override
  public WorkerService service(String name) {
    return client.service(name);
  }

  @Override
  public int executions(String name) {
    return workers.service(name).executions();
  }

  @Override
  public void close() {
    workers.close();
  }
}
