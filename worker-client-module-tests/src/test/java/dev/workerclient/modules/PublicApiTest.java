package dev.workerclient.modules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What users can compile against, as javap prints it, so that a change of the public API is a diff
 * in review: the public and protected members of the exported packages. {@code src/test/api} has a
 * file a module; {@code -Dwrite=true} writes them anew.
 */
class PublicApiTest {
  private static final Path ROOT = Path.of("..");
  private static final CommittedLists COMMITTED = new CommittedLists(Path.of("src/test/api"));
  private static final Pattern BLOCK_END = Pattern.compile("}\\R");
  private static final Pattern ANONYMOUS = Pattern.compile("\\$\\d");
  private static final Pattern MEMBER = Pattern.compile("([\\w$.]+)(?:\\(| = |;)");
  private static final ToolProvider JAVAP = ToolProvider.findFirst("javap").orElseThrow();

  /** The published modules with classes. */
  static List<String> modules() throws IOException {
    return ClosuresTest.published().stream()
        .filter(module -> Files.exists(ROOT.resolve(module).resolve("src/main")))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void theApiOfAModuleIsWhatItsFileSays(String module) throws IOException {
    Path classes = ROOT.resolve(module).resolve("target/classes");
    assertThat(classes).as("written by the build of %s; run mvn verify for all", module).exists();
    List<String> api = api(classes);
    List<String> before = COMMITTED.read(module, api);
    String difference =
        Stream.concat(without(before, api, "- "), without(api, before, "+ "))
            .collect(Collectors.joining("\n"));
    assertThat(difference)
        .as("the public API is not that of %s; accept it with -Dwrite=true", COMMITTED.file(module))
        .isEmpty();
    assertThat(api).isEqualTo(before);
  }

  @Test
  void noFileIsLeftOfAModuleThatIsGone() throws IOException {
    COMMITTED.requireOnly(modules());
  }

  /** A line a type, and one for each of its members, in the order of their names. */
  private static List<String> api(Path classes) throws IOException {
    Predicate<String> exported = exported(classes);
    try (Stream<Path> files = Files.walk(classes)) {
      List<Path> types =
          files
              .filter(file -> file.toString().endsWith(".class"))
              .filter(file -> exported.test(dotted(classes.relativize(file.getParent()))))
              .toList();
      return types.isEmpty() ? List.of() : types(javap(types));
    }
  }

  private static List<String> types(String printed) {
    Set<String> blocks = new TreeSet<>();
    Set<String> hidden = new TreeSet<>();
    for (String block : BLOCK_END.splitAsStream(printed).toList()) {
      List<String> lines = block.lines().filter(line -> !line.startsWith("Compiled from")).toList();
      String type = lines.get(0).replaceAll(" *\\{$", "");
      String name = type.replaceAll(".*?(?:class|interface) ([^ <]+).*", "$1");
      if (!type.startsWith("public ") || ANONYMOUS.matcher(name).find()) {
        hidden.add(name + "$");
        continue;
      }
      Stream<String> members =
          lines.stream()
              .skip(1)
              .filter(line -> !line.contains("static {}") && !line.contains(" access$"))
              .sorted(Comparator.comparing(PublicApiTest::memberName).thenComparing(line -> line));
      blocks.add(
          Stream.concat(Stream.of(name + "\n" + type), members).collect(Collectors.joining("\n")));
    }
    return blocks.stream()
        .filter(block -> hidden.stream().noneMatch(block::startsWith))
        .flatMap(block -> block.lines().skip(1))
        .map(line -> line.replaceAll("\\bjava\\.lang\\.(?=[A-Z])", ""))
        .toList();
  }

  private static String memberName(String line) {
    Matcher member = MEMBER.matcher(line);
    return member.find() ? member.group(1) : line;
  }

  /** By its descriptor; a module that has none but a name exports all that is not internal. */
  private static Predicate<String> exported(Path classes) throws IOException {
    Path descriptor = classes.resolve("module-info.class");
    if (!Files.exists(descriptor)) {
      return name -> !name.contains(".internal");
    }
    try (InputStream in = Files.newInputStream(descriptor)) {
      Set<ModuleDescriptor.Exports> exports = ModuleDescriptor.read(in).exports();
      return name -> exports.stream().anyMatch(e -> !e.isQualified() && e.source().equals(name));
    }
  }

  private static String dotted(Path folder) {
    return folder.toString().replace(File.separatorChar, '.');
  }

  private static String javap(List<Path> types) {
    StringWriter printed = new StringWriter();
    PrintWriter writer = new PrintWriter(printed);
    String[] arguments =
        Stream.concat(Stream.of("-protected", "-constants"), types.stream().map(Path::toString))
            .toArray(String[]::new);
    assertThat(JAVAP.run(writer, writer, arguments)).as(printed.toString()).isZero();
    return printed.toString();
  }

  private static Stream<String> without(List<String> lines, List<String> others, String mark) {
    return lines.stream().filter(line -> !others.contains(line)).map(mark::concat);
  }
}
