package dev.workerclient.workerd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A workerd process with what it prints and all that ends it. Thread-safe. */
final class WorkerdProcess {
  private static final Duration TIME_TO_STOP = Duration.ofSeconds(5);

  private final Process process;
  private final ServedConfig config;
  private final WorkerdOutput output;
  private final Watchdog watchdog;
  private final Thread killAtExit;

  private WorkerdProcess(Process process, ServedConfig config) {
    this.process = process;
    this.config = config;
    this.output = new WorkerdOutput(process);
    this.watchdog = Watchdog.over(process);
    this.killAtExit = new Thread(this::kill, "workerd-kill-at-exit");
    Runtime.getRuntime().addShutdownHook(killAtExit);
  }

  static WorkerdProcess launch(Path program, ServedConfig config) {
    ProcessBuilder command =
        new ProcessBuilder(
            program.toAbsolutePath().toString(),
            "serve",
            "--control-fd=1",
            config.file().toString());
    try {
      return new WorkerdProcess(command.start(), config);
    } catch (IOException e) {
      config.delete();
      throw new UncheckedIOException("workerd could not be started from " + program, e);
    }
  }

  /** Waits until those sockets listen, or the first if none is named; returns whether they do. */
  boolean await(Set<String> sockets, long deadline) {
    try {
      return output.awaitSockets(sockets, Duration.ofNanos(deadline - System.nanoTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Nullable Integer port(String socket) {
    return output.port(socket);
  }

  Set<String> sockets() {
    return output.sockets();
  }

  String log() {
    return output.log();
  }

  /** Waits for a line with that text, and throws an AssertionError if none comes. */
  String awaitLine(String text, Duration atMost) {
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
          "workerd printed no line with \"" + text + "\" " + until + "; " + printed());
    }
    return line;
  }

  /** Ends the process, gently at first, and returns when it is gone and its last words are read. */
  void close() {
    // Through the handle, which leaves the output open: the last words are read too.
    process.toHandle().destroy();
    try {
      if (!process.waitFor(TIME_TO_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.toHandle().destroyForcibly();
        process.waitFor();
      }
      output.awaitEnd(TIME_TO_STOP);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    watchdog.end();
    config.delete();
    try {
      Runtime.getRuntime().removeShutdownHook(killAtExit);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook with it.
    }
  }

  /** Ends the process at once and says why it does not serve, with what it said itself. */
  IllegalStateException startFailure(Set<String> awaited) {
    String reason = reason();
    process.toHandle().destroyForcibly();
    close();
    return new IllegalStateException(
        "workerd "
            + reason
            + (awaited.isEmpty() ? "" : ", awaited were " + new TreeSet<>(awaited))
            + "; "
            + config
            + "; "
            + printed());
  }

  private String printed() {
    String log = log();
    return log.isEmpty() ? "it printed nothing" : "it printed:\n" + log;
  }

  private String reason() {
    Set<String> sockets = new TreeSet<>(output.sockets());
    if (Thread.currentThread().isInterrupted()) {
      return "was ended, since the thread that started it was interrupted";
    }
    if (!hasEndedByItself()) {
      return sockets.isEmpty()
          ? "listened on no socket in the time given"
          : "listened on " + sockets + " alone in the time given";
    }
    return "ended with status "
        + process.exitValue()
        + (process.exitValue() == 0 && sockets.isEmpty()
            ? ", as it does if a configuration has no sockets; add sockets = [(name = \"http\","
                + " address = \"127.0.0.1:0\", http = (), service = …)]"
            : "");
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
    process.destroyForcibly();
    watchdog.end();
    config.delete();
  }
}
