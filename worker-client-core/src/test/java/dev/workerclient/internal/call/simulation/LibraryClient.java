package dev.workerclient.internal.call.simulation;

import java.time.Duration;

/** Calls by the library's own way, on both routes. */
final class LibraryClient extends Client {
  private final Library library;

  LibraryClient(Attempts attempts, long period, Policy policy) {
    super(attempts, period);
    this.library =
        new Library(
            time(),
            attempts.random(),
            policy,
            2,
            Duration.ofNanos(ATTEMPT_TIMEOUT),
            attempts::begin);
  }

  @Override
  void call() {
    long start = time().now();
    ended(start, library.call(true));
  }
}
