package dev.workerclient.mockserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The starter against a shell script in workerd's place, which can do what workerd seldom does. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(30)
class WorkerdServerTest {
  private static final String WAIT = "read unused\n";

  @TempDir Path folder;
  private Path config = Path.of("");

  @BeforeEach
  void writeConfig() throws IOException {
    config = Files.writeString(folder.resolve("config.capnp"), "");
  }

  @Test
  void tellsThePortsOfTheSocketsAmongTheLogLines() throws IOException {
    try (WorkerdServer workerd =
        program(
                "echo started\n"
                    + listen("a", 1111)
                    + "echo '{\"event\":\"other\"}'\n"
                    + listen("b", 2222)
                    + WAIT)
            .awaitSockets("a", "b")
            .start()) {
      assertThat(workerd.port("a")).isEqualTo(1111);
      assertThat(workerd.url("b")).isEqualTo("http://127.0.0.1:2222");
      assertThat(workerd.log()).isEqualTo("started\n{\"event\":\"other\"}");
    }
  }

  @Test
  void runsServeWithTheControlChannelOnStdout() throws IOException {
    try (WorkerdServer workerd = program("echo \"$@\"\n" + listen("a", 1) + WAIT).start()) {
      assertThat(workerd.log()).isEqualTo("serve --control-fd=1 " + config);
    }
  }

  @Test
  void waitsForASocketThatWasNotAwaited() throws IOException {
    String late = listen("a", 1) + "sleep 0.2\n" + listen("late", 2) + WAIT;
    try (WorkerdServer workerd = program(late).start()) {
      assertThat(workerd.port("late")).isEqualTo(2);
    }
  }

  @Test
  void anUnknownSocketIsAnErrorThatListsTheKnown() throws IOException {
    try (WorkerdServer workerd =
        program(listen("b", 2) + listen("a", 1) + WAIT)
            .awaitSockets("a", "b")
            .startTimeout(Duration.ofSeconds(1))
            .start()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> workerd.port("c"))
          .withMessage("workerd has no socket \"c\"; it listens on [a, b]");
    }
  }

  @Test
  void aFailedStartShowsWhatWorkerdSaid() throws IOException {
    // The outputs end before the process does.
    WorkerdServer.Builder builder =
        program("echo 'config.capnp:3: Parse error.' >&2\nexec >&- 2>&-\nsleep 0.1\nexit 3\n");
    assertThatIllegalStateException()
        .isThrownBy(builder::start)
        .withMessageContaining("ended with status 3")
        .withMessageEndingWith("config.capnp:3: Parse error.");
  }

  @Test
  void aStartThatTakesTooLongIsEnded() throws IOException {
    WorkerdServer.Builder builder =
        program(listen("a", 1) + "echo working\n" + WAIT)
            .awaitSockets("a", "b")
            .startTimeout(Duration.ofMillis(300));
    assertThatIllegalStateException()
        .isThrownBy(builder::start)
        .withMessageContaining("listened on [a] alone in the time given, awaited were [a, b]")
        .withMessageEndingWith("working");
  }

  @Test
  void aFloodOfOutputNeitherBlocksItNorFillsMemory() throws IOException {
    String flood =
        "i=0; while [ $i -lt 20000 ]; do echo \"line $i of a long log that nobody reads\";"
            + " i=$((i+1)); done\n";
    try (WorkerdServer workerd = program(flood + listen("a", 1) + WAIT).start()) {
      assertThat(workerd.log().lines())
          .hasSize(500)
          .endsWith("line 19999 of a long log that nobody reads");
    }
  }

  @Test
  void closeEndsTheProcessAndMayBeCalledTwice() throws IOException {
    WorkerdServer workerd =
        program("trap 'echo stopped; exit 0' TERM\n" + listen("a", 1) + WAIT).start();
    workerd.close();
    workerd.close();
    assertThat(workerd.log()).isEqualTo("stopped");
  }

  @Test
  void closeKillsAProcessThatIgnoresTheSignal() throws IOException {
    WorkerdServer workerd =
        program("trap '' TERM\necho \"pid $$\"\n" + listen("a", 1) + WAIT).start();
    long pid = Long.parseLong(workerd.log().substring("pid ".length()));
    workerd.close();
    assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)).isFalse();
  }

  private static String listen(String socket, int port) {
    return String.format(
        "echo '{\"event\":\"listen\",\"socket\":\"%s\",\"port\":%d}'\n", socket, port);
  }

  private WorkerdServer.Builder program(String script) throws IOException {
    Path program = Files.writeString(folder.resolve("workerd"), "#!/bin/sh\n" + script);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return WorkerdServer.builder().config(config).binary(program);
  }
}
