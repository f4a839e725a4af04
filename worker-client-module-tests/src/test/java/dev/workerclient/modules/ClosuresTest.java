package dev.workerclient.modules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each published module has in compile and runtime scope, so that a new dependency is a line
 * of a commit; an optional one that no test needs too is marked. {@code src/test/closures} has a
 * file a module; {@code -Dwrite=true} writes them anew.
 */
class ClosuresTest {
  private static final Path ROOT = Path.of("..");
  private static final CommittedLists COMMITTED = new CommittedLists(Path.of("src/test/closures"));
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(worker-client[^<]*)<");

  /** A line of the dependency plugin's list: {@code group:artifact:jar:version:scope …}. */
  private static final Pattern LISTED = Pattern.compile("(?m)^ +([^: ]+:[^: ]+):(.*)");

  /** The folders of the modules that users get, but the bill of materials itself. */
  static List<String> published() throws IOException {
    return MODULE
        .matcher(pom(ROOT))
        .results()
        .map(module -> module.group(1))
        .filter(module -> !module.equals("worker-client-bom"))
        .filter(module -> !pom(ROOT.resolve(module)).contains("<maven.deploy.skip>true"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("published")
  void aModuleBringsWhatItsFileSays(String module) throws IOException {
    Path listed = ROOT.resolve(module).resolve("target/closure.txt");
    assertThat(listed).as("written by the build of %s; run mvn verify for all", module).exists();
    List<String> closure =
        LISTED
            .matcher(Files.readString(listed))
            .results()
            .map(line -> line.group(1) + (line.group(2).contains("(optional") ? " (optional)" : ""))
            .sorted()
            .toList();
    List<String> decided = COMMITTED.read(module, closure);

    assertThat(closure)
        .as("new or missing is a decision; %s has those (-Dwrite=true)", COMMITTED.file(module))
        .isEqualTo(decided);
  }

  @Test
  void noFileIsLeftOfAModuleThatIsGone() throws IOException {
    COMMITTED.requireOnly(published());
  }

  @Test
  void theBillOfMaterialsNamesEveryPublishedModule() throws IOException {
    List<String> artifacts =
        published().stream().map(module -> artifact(pom(ROOT.resolve(module)))).toList();

    assertThat(groups(ARTIFACT, pom(ROOT.resolve("worker-client-bom"))))
        .filteredOn(artifact -> !artifact.equals("worker-client-bom"))
        .hasSizeGreaterThan(5)
        .containsExactlyInAnyOrderElementsOf(artifacts);
  }

  /** The first after the parent's. */
  private static String artifact(String pom) {
    return groups(ARTIFACT, pom)
        .filter(artifact -> !artifact.equals("worker-client-parent"))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<String> groups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(1));
  }

  private static String pom(Path folder) {
    try {
      return Files.readString(folder.resolve("pom.xml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
