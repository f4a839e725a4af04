package dev.workerclient.workerd;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Ends a process, or a group of processes, when this JVM is gone without having ended it: killed,
 * crashed or halted, it runs no shutdown hook. A shell waits for the end of its input, a pipe whose
 * other end the JVM alone holds, and which the system closes with the JVM. It ignores the signals
 * that a terminal or a CI sends to a whole group of processes, and holds no output of the JVM open.
 * It also deletes the temporary folder of the process. Without {@code /bin/sh}, as on Windows,
 * nothing watches.
 */
final class Watchdog {
  private static final Path SHELL = Path.of("/bin/sh");
  private static final String SCRIPT =
      """
      trap '' HUP INT QUIT TERM
      if read -r line; then
        kill -KILL "$1"
        exit
      fi
      trap 'test -z "$2" || rm -rf "$2"' EXIT
      kill -TERM "$1" || exit
      for second in 1 2 3 4 5; do
        sleep 1
        kill -0 "$1" || exit
      done
      kill -KILL "$1"
      """;

  private final @Nullable Process shell;
  private final boolean group;

  private Watchdog(@Nullable Process shell, boolean group) {
    this.shell = shell;
    this.group = group;
  }

  /** Watches over a process, and ends with it, before another process can have its id. */
  static Watchdog over(Process process, @Nullable TemporaryFolder folder) {
    return watch(process, false, folder);
  }

  /**
   * Watches over the group that a process leads. When the leader ends, the watchdog kills what is
   * left of the group and ends.
   */
  static Watchdog overGroup(Process leader, @Nullable TemporaryFolder folder) {
    return watch(leader, true, folder);
  }

  private static Watchdog watch(Process process, boolean group, @Nullable TemporaryFolder folder) {
    String target = (group ? "-" : "") + process.pid();
    String written = folder == null ? "" : folder.path().toAbsolutePath().toString();
    Watchdog watchdog = new Watchdog(start(target, written), group);
    CompletableFuture<Void> unused = process.onExit().thenRun(watchdog::end);
    return watchdog;
  }

  /** Watches no longer, and kills what is left of a group. May be called more than once. */
  void end() {
    if (shell == null) {
      return;
    }
    if (!group) {
      shell.destroyForcibly();
      return;
    }
    try (OutputStream input = shell.getOutputStream()) {
      input.write('\n');
    } catch (IOException e) {
      // It has been told already.
    }
  }

  private static @Nullable Process start(String target, String written) {
    if (!Files.isExecutable(SHELL)) {
      return null;
    }
    try {
      return new ProcessBuilder(SHELL.toString(), "-c", SCRIPT, "workerd-watchdog", target, written)
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      return null;
    }
  }
}
