package dev.workerclient.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/why-not-okhttp-and-a-retry.md quotes stands in the pages of the measurements. */
class FiguresTest {
  private static final Path DOCS = Path.of("../docs");

  @Test
  void aQuotedRowStandsInThePageOfItsMeasurement() throws IOException {
    Set<List<String>> measured = new HashSet<>();
    for (String page : List.of("benchmarks.md", "simulation.md")) {
      try (Stream<String> lines = Files.lines(DOCS.resolve(page))) {
        lines.filter(line -> line.startsWith("| ")).map(FiguresTest::cells).forEach(measured::add);
      }
    }

    List<List<String>> quoted = quoted(DOCS.resolve("why-not-okhttp-and-a-retry.md"));

    assertThat(quoted)
        .hasSizeGreaterThan(10)
        .allSatisfy(
            row ->
                assertThat(measured)
                    .anySatisfy(
                        whole -> {
                          assertThat(whole.get(0)).isEqualTo(row.get(0));
                          assertThat(whole).containsSubsequence(row);
                        }));
  }

  /** The rows of the tables of clients and scenarios. */
  private static List<List<String>> quoted(Path page) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    boolean inTable = false;
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("| client |") || line.startsWith("| scenario |")) {
        inTable = true;
      } else if (!line.startsWith("|")) {
        inTable = false;
      } else if (inTable && !line.startsWith("|---")) {
        rows.add(cells(line));
      }
    }
    return rows;
  }

  private static List<String> cells(String line) {
    return Stream.of(line.split("\\|")).map(String::strip).filter(cell -> !cell.isEmpty()).toList();
  }
}
