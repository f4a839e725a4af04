package dev.workerclient.benchmarks.peer;

import java.time.Duration;
import java.util.List;

/**
 * The service that all peers call, and for how long.
 *
 * @param origins one, or two that stand for the binding proxy and the custom domain
 * @param path without slots
 * @param attemptTime of an attempt
 * @param callTime of a call with all its attempts
 * @param http2 whether connections are of HTTP/2, without TLS; of HTTP/1.1 otherwise
 */
public record Target(
    List<String> origins, String path, Duration attemptTime, Duration callTime, boolean http2) {
  public Target {
    origins = List.copyOf(origins);
  }
}
