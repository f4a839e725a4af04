package dev.workerclient.config;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.workerclient.WorkerClient;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** A null is named by its parameter. */
@NullUnmarked
class NullArgumentsTest {
  private static final WorkerClientConfig CONFIG = WorkerClientConfig.of(Path.of("workers.yaml"));

  @Test
  void eachNullIsNamed() {
    refuses(() -> WorkerClientConfig.of(null), "file");
    refuses(() -> CONFIG.environment(null), "name");
    refuses(() -> CONFIG.secrets(null), "lookup");
    refuses(() -> new YamlConfigReader().read(null, "staging"), "file");
    refuses(() -> WorkerClient.fromConfig(null, "staging"), "file");
    refuses(() -> WorkerClient.fromConfig(Path.of("workers.yaml"), null), "environment");
  }

  private static void refuses(ThrowingCallable code, String parameter) {
    assertThatNullPointerException().isThrownBy(code).withMessage(parameter);
  }
}
