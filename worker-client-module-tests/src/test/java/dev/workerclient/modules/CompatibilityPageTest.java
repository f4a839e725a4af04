package dev.workerclient.modules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The versions of docs/compatibility.md are those that the build has, and the tests that it names
 * are there.
 */
class CompatibilityPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern ROW = Pattern.compile("(?m)^\\|([^|]+)\\|([^|]+)\\|([^|]+)\\|$");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern TEST = Pattern.compile("\\w+Test|[\\w-]+\\.test\\.ts");
  private static final Set<String> BUILT = Set.of("target", "node_modules", "dist", ".git");

  private static final Set<String> names = new TreeSet<>();
  private static final StringBuilder builds = new StringBuilder();
  private static List<MatchResult> rows = List.of();

  @BeforeAll
  static void readTheTree() throws IOException {
    rows = ROW.matcher(Files.readString(ROOT.resolve("docs/compatibility.md"))).results().toList();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return BUILT.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = file.getFileName().toString();
            names.add(name.replaceAll("\\.(java|kt)$", ""));
            if (Set.of("pom.xml", "package-lock.json").contains(name)) {
              builds.append(Files.readString(file));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            // Of a test that runs beside this one.
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Test
  void eachVersionIsOneOfTheBuild() {
    assertThat(codes(2))
        .hasSizeGreaterThan(20)
        .allSatisfy(
            version ->
                assertThat(builds)
                    .as("no pom.xml or package-lock.json has %s", version)
                    .containsPattern("[>\"]" + Pattern.quote(version) + "[<\"]"));
  }

  @Test
  void eachTestIsThere() {
    assertThat(codes(3).filter(TEST.asMatchPredicate())).hasSizeGreaterThan(15).isSubsetOf(names);
  }

  private static Stream<String> codes(int column) {
    return rows.stream()
        .flatMap(row -> CODE.matcher(row.group(column)).results())
        .map(code -> code.group(1));
  }
}
