package dev.workerclient.benchmarks.failure;

/** A client of a service with two routes. Thread-safe. */
interface TwoRoutes extends AutoCloseable {
  byte[] call() throws Exception;

  @Override
  void close();
}
