package dev.workerclient.workerd;

import static dev.workerclient.workerd.FakeWorkerd.OUTLIVE;
import static dev.workerclient.workerd.FakeWorkerd.WAIT;
import static dev.workerclient.workerd.FakeWorkerd.listen;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of workerd without its JVM, and of the watchdog without its workerd. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class WatchdogTest {
  private static final String LISTEN = listen("http", 80);

  @TempDir Path folder;

  @Test
  void aKilledJvmLeavesNoProcess() throws IOException {
    try (ChildJvm jvm = ChildJvm.start(FakeWorkerd.write(folder, LISTEN + OUTLIVE), "waits")) {
      assertThat(jvm.started()).allMatch(ChildJvm::isAlive);
      jvm.kill();
      jvm.started().forEach(ChildJvm::awaitGone);
    }
  }

  @Test
  void aKilledJvmLeavesNoData() throws IOException {
    String writeData =
        """
        folder=$(dirname "$3")
        touch "$folder/data"
        echo "$folder" > "$0.folder"
        """;
    Path workerd = FakeWorkerd.write(folder, writeData + LISTEN + OUTLIVE);
    try (ChildJvm jvm = ChildJvm.start(workerd, "waits")) {
      Path data = Path.of(Files.readString(folder.resolve("workerd.folder")).strip());
      assertThat(data.resolve("data")).exists();
      jvm.kill();
      jvm.started().forEach(ChildJvm::awaitGone);
      assertThat(data).isAbsolute().doesNotExist();
    }
  }

  @Test
  void aWorkerdThatIgnoresTheSignalIsKilled() throws IOException {
    Path stubborn = FakeWorkerd.write(folder, "trap '' TERM\n" + LISTEN + OUTLIVE);
    try (ChildJvm jvm = ChildJvm.start(stubborn, "waits")) {
      jvm.kill();
      jvm.started().forEach(ChildJvm::awaitGone);
    }
  }

  @Test
  void aJvmThatClosesNothingEndsAndLeavesNoProcess() throws Exception {
    try (ChildJvm jvm = ChildJvm.start(FakeWorkerd.write(folder, LISTEN + OUTLIVE), "returns")) {
      jvm.end();
      jvm.started().forEach(ChildJvm::awaitGone);
    }
  }

  @Test
  void withoutItsWatchdogWorkerdStillEndsWithAJvmThatClosesNothing() throws Exception {
    try (ChildJvm jvm = ChildJvm.start(FakeWorkerd.write(folder, LISTEN + OUTLIVE), "waits")) {
      ProcessHandle watchdog = jvm.watchdog();
      watchdog.destroyForcibly();
      ChildJvm.awaitGone(watchdog.pid());
      jvm.end();
      jvm.started().forEach(ChildJvm::awaitGone);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theSignalsOfATerminalDoNotEndTheWatchdog() throws Exception {
    try (ChildJvm jvm = ChildJvm.start(FakeWorkerd.write(folder, LISTEN + OUTLIVE), "waits")) {
      String watchdog = Long.toString(jvm.watchdog().pid());
      awaitIgnored(Path.of("/proc", watchdog, "status"));
      for (String signal : new String[] {"-HUP", "-INT", "-QUIT", "-TERM", "-STOP", "-CONT"}) {
        new ProcessBuilder("sh", "-c", "kill " + signal + " " + watchdog).start().waitFor();
      }
      assertThat(jvm.started()).allMatch(ChildJvm::isAlive);
      jvm.kill();
      jvm.started().forEach(ChildJvm::awaitGone);
    }
  }

  @Test
  void aClosedServerLeavesNoWatchdog() throws IOException {
    WorkerdServer workerd = start(WAIT);
    ProcessHandle watchdog = watchdog(workerd);
    assertThat(watchdog.isAlive()).isTrue();
    workerd.close();
    ChildJvm.awaitGone(watchdog.pid());
  }

  @Test
  void aWorkerdThatEndsByItselfLeavesNoWatchdog() throws IOException {
    try (WorkerdServer workerd = start(WAIT)) {
      ProcessHandle watchdog = watchdog(workerd);
      ProcessHandle.of(id(workerd)).orElseThrow().destroyForcibly();
      ChildJvm.awaitGone(watchdog.pid());
    }
  }

  private WorkerdServer start(String script) throws IOException {
    return WorkerdServer.builder()
        .binary(FakeWorkerd.write(folder, "echo $$\n" + LISTEN + script))
        .scriptText("")
        .start();
  }

  private static long id(WorkerdServer workerd) {
    return Long.parseLong(workerd.log());
  }

  private static ProcessHandle watchdog(WorkerdServer workerd) {
    return ProcessHandle.current()
        .children()
        .filter(
            child ->
                child
                    .info()
                    .commandLine()
                    .orElse("")
                    .contains("workerd-watchdog " + id(workerd) + " "))
        .findFirst()
        .orElseThrow();
  }

  /** Waits until the shell has come to its first line. */
  private static void awaitIgnored(Path status) throws IOException {
    while (Files.readString(status).contains("SigIgn:\t0000000000000000")) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
