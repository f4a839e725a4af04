package dev.workerclient.workerd;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server that runs as a process, with what it prints and all that ends it. Thread-safe. */
final class ServerProcess {
  private static final Duration TIME_TO_STOP = Duration.ofSeconds(5);

  private final String name;
  private final Process process;
  private final ProcessOutput output;
  private final Watchdog watchdog;
  private final @Nullable TemporaryFolder folder;
  private final Thread killAtExit;

  private ServerProcess(
      String name,
      Process process,
      boolean leadsGroup,
      ProcessOutput.Reader reader,
      @Nullable TemporaryFolder folder) {
    this.name = name;
    this.process = process;
    this.output = new ProcessOutput(process, name, reader);
    this.watchdog =
        leadsGroup ? Watchdog.overGroup(process, folder) : Watchdog.over(process, folder);
    this.folder = folder;
    this.killAtExit = new Thread(this::kill, name + "-kill-at-exit");
    Runtime.getRuntime().addShutdownHook(killAtExit);
  }

  /**
   * Starts a program.
   *
   * @param name what messages and threads call it
   * @param folder is deleted when the process has ended, or if it can't start
   */
  static ServerProcess start(
      String name,
      ProcessBuilder command,
      ProcessOutput.Reader reader,
      @Nullable TemporaryFolder folder)
      throws IOException {
    return start(name, command, false, reader, folder);
  }

  /**
   * Starts a program that starts others, which all end with it: as the leader of a process group,
   * if the system has the program {@code setsid}.
   */
  static ServerProcess startTree(
      String name,
      ProcessBuilder command,
      ProcessOutput.Reader reader,
      @Nullable TemporaryFolder folder)
      throws IOException {
    Optional<Path> setsid = Programs.onPath("setsid");
    setsid.ifPresent(program -> command.command().add(0, program.toString()));
    return start(name, command, setsid.isPresent(), reader, folder);
  }

  private static ServerProcess start(
      String name,
      ProcessBuilder command,
      boolean leadsGroup,
      ProcessOutput.Reader reader,
      @Nullable TemporaryFolder folder)
      throws IOException {
    try {
      return new ServerProcess(name, command.start(), leadsGroup, reader, folder);
    } catch (IOException e) {
      if (folder != null) {
        folder.delete();
      }
      throw e;
    }
  }

  /** Waits until the reader of its output has seen what is awaited; returns whether it has. */
  boolean await(BooleanSupplier condition, long deadline) {
    try {
      return output.await(Duration.ofNanos(deadline - System.nanoTime()), condition);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits until it has ended by itself, and returns whether it has, with status 0. */
  boolean awaitEnd(long deadline) {
    await(() -> false, deadline);
    return hasEndedByItself() && process.exitValue() == 0;
  }

  String log() {
    return output.log();
  }

  /** Waits for a line with that text, and throws an AssertionError if none comes. */
  String awaitLog(String text, Duration atMost) {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(atMost, "atMost");
    if (!text.lines().toList().equals(List.of(text))) {
      throw new IllegalArgumentException(
          "awaitLog(text, …) looks at one line after another; give a text from within a line");
    }
    String line = null;
    String until = "within " + atMost;
    try {
      line = output.awaitLine(text, atMost);
      if (output.awaitEnd(Duration.ZERO)) {
        until = "before it ended";
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      until = "before the thread that waited was interrupted";
    }
    if (line == null) {
      throw new AssertionError(
          name + " printed no line with \"" + text + "\" " + until + "; " + printed());
    }
    return line;
  }

  /** Ends the process, gently at first, and returns when it is gone and its last words are read. */
  void close() {
    List<ProcessHandle> others = process.descendants().toList();
    // Through the handle, which leaves the output open: the last words are read too.
    process.toHandle().destroy();
    try {
      if (!process.waitFor(TIME_TO_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.toHandle().destroyForcibly();
        process.waitFor();
      }
      others.forEach(ProcessHandle::destroyForcibly);
      output.awaitEnd(TIME_TO_STOP);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      others.forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
    watchdog.end();
    deleteFolder();
    try {
      Runtime.getRuntime().removeShutdownHook(killAtExit);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook with it.
    }
  }

  /**
   * Ends the process at once and says why it does not serve, with what it printed.
   *
   * @param unready what is missing if it still runs
   * @param hint what to add to the status if it has ended
   * @param subject what it was to serve
   */
  IllegalStateException startFailure(
      Supplier<String> unready, IntFunction<String> hint, String subject) {
    String reason = reason(unready, hint);
    killAll();
    close();
    return new IllegalStateException(name + " " + reason + "; " + subject + "; " + printed());
  }

  private String reason(Supplier<String> unready, IntFunction<String> hint) {
    if (Thread.currentThread().isInterrupted()) {
      return "was ended, since the thread that started it was interrupted";
    }
    if (!hasEndedByItself()) {
      return unready.get();
    }
    return "ended with status " + process.exitValue() + hint.apply(process.exitValue());
  }

  private String printed() {
    String log = log();
    return log.isEmpty() ? "it printed nothing" : "it printed:\n" + log;
  }

  /** Outputs end a moment before the process, whose status is awaited then. */
  private boolean hasEndedByItself() {
    try {
      return output.awaitEnd(Duration.ZERO)
          && process.waitFor(TIME_TO_STOP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void kill() {
    killAll();
    watchdog.end();
    deleteFolder();
  }

  private void deleteFolder() {
    if (folder != null) {
      folder.delete();
    }
  }

  /** Through handles, which leave the output open. */
  private void killAll() {
    List<ProcessHandle> others = process.descendants().toList();
    process.toHandle().destroyForcibly();
    others.forEach(ProcessHandle::destroyForcibly);
  }
}
