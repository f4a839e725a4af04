package dev.workerclient.workerd;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a process prints: its last lines, each as a reader passes it on. Two daemon threads read it
 * for as long as the process lives. Thread-safe.
 */
final class ProcessOutput {
  private static final int MOST_LINES = 500;
  private static final int LONGEST_LINE = 2000;

  /** Looks at each line as it comes. Its methods are called by one thread at a time. */
  interface Reader {
    /** Returns the line as the log should have it; null to leave it out. */
    @Nullable String read(String line);
  }

  // Fair, so that one who waits for a line looks before later lines push it out.
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
  private final Deque<String> lines = new ArrayDeque<>();
  private final Reader reader;
  private int open = 2;

  ProcessOutput(Process process, String name, Reader reader) {
    this.reader = reader;
    start(name + "-stdout", process.getInputStream());
    start(name + "-stderr", process.getErrorStream());
  }

  /** Waits for a line with that text; null if the process or the time ended first. */
  @Nullable String awaitLine(String text, Duration time) throws InterruptedException {
    lock.lock();
    try {
      return await(time, () -> line(text) != null) ? line(text) : null;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the process has closed both its outputs. */
  boolean awaitEnd(Duration time) throws InterruptedException {
    return await(time, () -> open == 0);
  }

  String log() {
    lock.lock();
    try {
      return String.join("\n", lines);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for what the reader or the lines show, looking again after each line; false if the
   * process or the time ended first.
   */
  boolean await(Duration time, BooleanSupplier condition) throws InterruptedException {
    long nanos = TimeUnit.NANOSECONDS.convert(time);
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        if (nanos <= 0 || open == 0) {
          return false;
        }
        nanos = changed.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable String line(String text) {
    for (String line : lines) {
      if (line.contains(text)) {
        return line;
      }
    }
    return null;
  }

  private void start(String name, InputStream stream) {
    Thread thread = new Thread(() -> readLines(stream), name);
    thread.setDaemon(true);
    thread.start();
  }

  private void readLines(InputStream stream) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        take(line);
      }
    } catch (IOException e) {
      take("(the output broke: " + e.getMessage() + ")");
    } finally {
      lock.lock();
      try {
        open--;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private void take(String line) {
    lock.lock();
    try {
      String kept = reader.read(line);
      if (kept == null) {
        return;
      }
      if (lines.size() == MOST_LINES) {
        lines.removeFirst();
      }
      lines.addLast(kept.length() > LONGEST_LINE ? kept.substring(0, LONGEST_LINE) + "…" : kept);
    } finally {
      changed.signalAll();
      lock.unlock();
    }
  }
}
