package dev.workerclient.benchmarks.loopback;

import dev.workerclient.benchmarks.client.TestedClient;

/** A way to use a client for some time. */
interface Load extends AutoCloseable {
  Turn run(TestedClient client, String payload, long nanos) throws Exception;

  @Override
  void close();
}
