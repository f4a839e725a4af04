package dev.workerclient;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Core alone reads no file; the tests of worker-client-config have the rest. */
class FromConfigTest {
  @Test
  void theModuleThatIsMissingIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> WorkerClient.fromConfig(Path.of("workers.yaml"), "staging"))
        .withMessage("no ConfigReader: add worker-client-config to the class path");
  }
}
