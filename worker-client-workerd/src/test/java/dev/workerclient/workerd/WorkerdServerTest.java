package dev.workerclient.workerd;

import static dev.workerclient.workerd.FakeWorkerd.WAIT;
import static dev.workerclient.workerd.FakeWorkerd.listen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
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
    try (WorkerdServer workerd = program(late).startTimeout(Duration.ofDays(200_000)).start()) {
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
  void withoutANameThePortIsThatOfTheSocketHttp() throws IOException {
    String late = listen("a", 1) + "sleep 0.2\n" + listen("http", 80) + WAIT;
    try (WorkerdServer workerd = program(late).start()) {
      assertThat(workerd.port()).isEqualTo(80);
      assertThat(workerd.url()).isEqualTo("http://127.0.0.1:80");
    }
  }

  @Test
  void withoutANameThePortIsThatOfTheOnlySocket() throws IOException {
    try (WorkerdServer workerd = program(listen("main", 3) + WAIT).start()) {
      assertThat(workerd.port()).isEqualTo(3);
    }
  }

  @Test
  void withoutANameThePortIsThatOfNoneAmongSeveral() throws IOException {
    try (WorkerdServer workerd =
        program(listen("b", 2) + listen("a", 1) + WAIT).awaitSockets("a", "b").start()) {
      assertThatIllegalStateException()
          .isThrownBy(workerd::url)
          .withMessage(
              "workerd has no socket \"http\", and listens on [a, b]; name the one that is meant:"
                  + " port(name) or url(name)");
    }
  }

  @Test
  void aLogLineIsAwaited() throws IOException {
    String late = listen("a", 1) + "sleep 0.2\necho 'order 7 placed'\n" + WAIT;
    try (WorkerdServer workerd = program(late).start()) {
      assertThat(workerd.awaitLog("order", Duration.ofDays(1))).isEqualTo("order 7 placed");
      assertThat(workerd.awaitLog("placed", Duration.ZERO)).isEqualTo("order 7 placed");
    }
  }

  @Test
  void aLogLineThatDoesNotComeFailsTheTestWithTheLog() throws IOException {
    try (WorkerdServer workerd = program("echo order 7\n" + listen("a", 1) + WAIT).start()) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> workerd.awaitLog("order 8", Duration.ofMillis(1)))
          .withMessage(
              "workerd printed no line with \"order 8\" within PT0.001S; it printed:\norder 7");
    }
  }

  @Test
  void aLogLineIsNotAwaitedOfAProcessThatHasEnded() throws IOException {
    try (WorkerdServer workerd = program(listen("a", 1) + "echo bye\n").start()) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> workerd.awaitLog("order", Duration.ofDays(200_000)))
          .withMessage("workerd printed no line with \"order\" before it ended; it printed:\nbye");
    }
  }

  @Test
  void onlyATextWithinALineCanBeAwaited() throws IOException {
    try (WorkerdServer workerd = program(listen("a", 1) + WAIT).start()) {
      for (String text : new String[] {"", "a\n", "a\nb"}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> workerd.awaitLog(text, Duration.ZERO))
            .withMessageContaining("give a text from within a line");
      }
    }
  }

  @Test
  void anInterruptEndsTheWaitForALogLine() throws IOException {
    try (WorkerdServer workerd = program(listen("a", 1) + WAIT).start()) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> workerd.awaitLog("order", Duration.ofDays(1)))
          .withMessageContaining("before the thread that waited was interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void anInterruptEndsTheStart() throws IOException {
    WorkerdServer.Builder builder = program(WAIT);
    Thread.currentThread().interrupt();
    assertThatIllegalStateException()
        .isThrownBy(builder::start)
        .withMessageContaining("the thread that started it was interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anEndWithoutASocketNamesTheLikelyReason() throws IOException {
    WorkerdServer.Builder builder = program("exit 0\n");
    assertThatIllegalStateException()
        .isThrownBy(builder::start)
        .withMessageContaining("ended with status 0, as it does if a configuration has no")
        .withMessageEndingWith("it printed nothing");
  }

  @Test
  void aStartInNoTimeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkerdServer.builder().startTimeout(Duration.ZERO))
        .withMessageContaining("startTimeout was given as PT0S");
  }

  @Test
  void theSameBuilderStartsAnotherServer() throws IOException {
    WorkerdServer.Builder builder = program("echo \"pid $$\"\n" + listen("a", 1) + WAIT);
    try (WorkerdServer first = builder.start();
        WorkerdServer second = builder.start()) {
      assertThat(first.log()).startsWith("pid ").isNotEqualTo(second.log());
    }
  }

  @Test
  void aSocketMayBeAwaitedTwice() throws IOException {
    try (WorkerdServer workerd = program(listen("a", 1) + WAIT).awaitSockets("a", "a").start()) {
      assertThat(workerd.port()).isEqualTo(1);
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

  private WorkerdServer.Builder program(String script) throws IOException {
    return WorkerdServer.builder().config(config).binary(FakeWorkerd.write(folder, script));
  }
}
