package dev.workerclient.benchmarks.client;

import dev.workerclient.benchmarks.Capability;
import java.util.concurrent.CompletableFuture;

/** GET of {@code /v1/capabilities/{name}}, decoded. Thread-safe. */
public interface TestedClient extends AutoCloseable {
  /** Waits for the answer. */
  Capability get(String name) throws Exception;

  /** Starts the call and returns at once. */
  default CompletableFuture<Capability> start(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  default void close() {}
}
