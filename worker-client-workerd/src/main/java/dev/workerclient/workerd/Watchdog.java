package dev.workerclient.workerd;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Ends a process when this JVM is gone without having ended it: killed, crashed or halted, it runs
 * no shutdown hook. A shell waits for the end of its input, a pipe whose other end the JVM alone
 * holds, and which the system closes with the JVM. It ignores the signals that a terminal or a CI
 * sends to a whole group of processes, and holds no output of the JVM open. Without {@code
 * /bin/sh}, as on Windows, nothing watches.
 */
final class Watchdog {
  private static final Path SHELL = Path.of("/bin/sh");
  private static final String SCRIPT =
      """
      trap '' HUP INT QUIT TERM
      while read -r line; do :; done
      kill -TERM "$1" || exit
      for second in 1 2 3 4 5; do
        sleep 1
        kill -0 "$1" || exit
      done
      kill -KILL "$1"
      """;

  private final @Nullable Process shell;

  private Watchdog(@Nullable Process shell) {
    this.shell = shell;
  }

  /** Watches over a process, and ends with it, before another process can have its id. */
  static Watchdog over(Process process) {
    Watchdog watchdog = new Watchdog(start(process.pid()));
    CompletableFuture<Void> unused = process.onExit().thenRun(watchdog::end);
    return watchdog;
  }

  /** Watches no longer. May be called more than once. */
  void end() {
    if (shell != null) {
      shell.destroyForcibly();
    }
  }

  private static @Nullable Process start(long pid) {
    if (!Files.isExecutable(SHELL)) {
      return null;
    }
    try {
      return new ProcessBuilder(
              SHELL.toString(), "-c", SCRIPT, "workerd-watchdog", Long.toString(pid))
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      return null;
    }
  }
}
