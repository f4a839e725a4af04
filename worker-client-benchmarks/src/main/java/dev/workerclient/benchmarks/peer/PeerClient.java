package dev.workerclient.benchmarks.peer;

/** A client of one {@link Target}. Thread-safe. */
public interface PeerClient extends AutoCloseable {
  /**
   * Sends a request without content.
   *
   * @param method GET or POST
   * @throws Exception if the service did not answer with 200
   */
  void call(String method) throws Exception;

  @Override
  void close();
}
