package dev.workerclient.examples.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.examples.InstalledWorkerd;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of docs/local-development.md, as its command runs it. */
@Tag("workerd")
@Timeout(120)
class LocalDevelopmentRealRuntimeTest {
  @Test
  void bothWorkersAnswer() {
    InstalledWorkerd.path();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    LocalDevelopment.run(Path.of(".."), new PrintStream(printed, true, StandardCharsets.UTF_8));

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("ORDERS by fetch: [\"apple\"]")
        .contains("CATALOG by RPC: an apple costs 40 cents")
        .contains("UP");
  }
}
