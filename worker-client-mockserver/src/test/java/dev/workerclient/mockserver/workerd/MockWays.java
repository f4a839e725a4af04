package dev.workerclient.mockserver.workerd;

import dev.workerclient.WorkerClient;
import dev.workerclient.mockserver.MockWorkers;

/** Troubles that MockWorkers makes. */
final class MockWays implements Ways {
  private final MockWorkers workers = MockWorkers.start();

  @Override
  public WorkerClient.Builder client(Trouble trouble) {
    trouble.route(workers.service(trouble.service)).fails(trouble.fault);
    return workers.builder();
  }

  @Override
  public int runs(Trouble trouble) {
    return workers.service(trouble.service).executions();
  }

  @Override
  public void close() {
    workers.close();
  }
}
