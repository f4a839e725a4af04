package dev.workerclient.internal.classify.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ErrorsPageTest {
  private static final Path PAGE = Path.of("../docs/errors.md");

  @Test
  void thePageIsWhatTheTableSays() throws IOException {
    if (Boolean.getBoolean("write")) {
      Files.writeString(PAGE, ErrorsPage.text());
    }
    assertThat(Files.readString(PAGE))
        .as("docs/errors.md is stale; write it anew as its first line says")
        .isEqualTo(ErrorsPage.text());
  }
}
