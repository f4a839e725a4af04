package dev.workerclient.mockserver.workerd;

import dev.workerclient.WorkerClient;

/** Where a trouble is made: by the mock, or by the real runtime. */
interface Ways extends AutoCloseable {
  /** A client of the trouble's service, by the one route that has the trouble. */
  WorkerClient.Builder client(Trouble trouble);

  /** How often the trouble's target ran since {@link #client}. */
  int runs(Trouble trouble);

  @Override
  void close();
}
