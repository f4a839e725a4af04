package dev.workerclient.workerd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A shell script in workerd's place. */
final class FakeWorkerd {
  /** Runs until its input ends, as it does with the JVM, or a signal comes. */
  static final String WAIT = "read unused\n";

  /** Runs for a minute, or until a signal comes. */
  static final String OUTLIVE = "exec sleep 60\n";

  private FakeWorkerd() {}

  static String listen(String socket, int port) {
    return String.format(
        "echo '{\"event\":\"listen\",\"socket\":\"%s\",\"port\":%d}'\n", socket, port);
  }

  static Path write(Path folder, String script) throws IOException {
    Path program = Files.writeString(folder.resolve("workerd"), "#!/bin/sh\n" + script);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }
}
