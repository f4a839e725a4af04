package dev.workerclient.workerd;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a workerd process prints: the sockets that it listens on, and the last lines of everything
 * else. Two daemon threads read it for as long as the process lives. Thread-safe.
 */
final class WorkerdOutput {
  private static final int MOST_LINES = 500;
  private static final int LONGEST_LINE = 2000;

  // Fair, so that one who waits for a line looks before later lines push it out.
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final Deque<String> lines = new ArrayDeque<>();
  private int open = 2;

  WorkerdOutput(Process process) {
    read("workerd-stdout", process.getInputStream());
    read("workerd-stderr", process.getErrorStream());
  }

  /**
   * Waits until all those sockets listen, or any socket if none is named; false if the process or
   * the time ended first.
   */
  boolean awaitSockets(Set<String> sockets, Duration time) throws InterruptedException {
    return await(time, () -> !ports.isEmpty() && ports.keySet().containsAll(sockets));
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

  @Nullable Integer port(String socket) {
    lock.lock();
    try {
      return ports.get(socket);
    } finally {
      lock.unlock();
    }
  }

  Set<String> sockets() {
    lock.lock();
    try {
      return Set.copyOf(ports.keySet());
    } finally {
      lock.unlock();
    }
  }

  String log() {
    lock.lock();
    try {
      return String.join("\n", lines);
    } finally {
      lock.unlock();
    }
  }

  private boolean await(Duration time, BooleanSupplier condition) throws InterruptedException {
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

  private void read(String name, InputStream stream) {
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
    ListenEvent event = ListenEvent.parse(line);
    lock.lock();
    try {
      if (event != null) {
        ports.putIfAbsent(event.socket(), event.port());
        return;
      }
      if (lines.size() == MOST_LINES) {
        lines.removeFirst();
      }
      lines.addLast(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line);
    } finally {
      changed.signalAll();
      lock.unlock();
    }
  }
}
