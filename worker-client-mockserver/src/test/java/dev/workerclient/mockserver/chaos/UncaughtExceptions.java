package dev.workerclient.mockserver.chaos;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Collects what threads die of, such as those of the client that no caller waits for. */
final class UncaughtExceptions implements AutoCloseable {
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();
  private final @Nullable UncaughtExceptionHandler before =
      Thread.getDefaultUncaughtExceptionHandler();

  UncaughtExceptions() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, exception) -> seen.add(thread.getName() + ": " + exception));
  }

  List<String> seen() {
    return List.copyOf(seen);
  }

  @Override
  public void close() {
    Thread.setDefaultUncaughtExceptionHandler(before);
  }
}
