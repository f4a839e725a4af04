package dev.workerclient.modules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call of a published module that looks up a class, member, proxy, provider or resource at
 * run time, or has Jackson or Spring do so: what a native image and a shrinker can't see. {@code
 * src/test/reflective-calls.txt} lists them with what makes each of them work.
 */
class ReflectiveCallsTest {
  private static final Path ROOT = Path.of("..");
  private static final Path REVIEWED = Path.of("src/test/reflective-calls.txt");

  /** Owner and method, joined by a dot. */
  private static final Pattern REFLECTIVE =
      Pattern.compile(
          String.join(
              "|",
              "java\\.lang\\.Class\\.(forName|newInstance|get(Declared)?(Method|Field|Constructor)s?"
                  + "|get(Declared)?Classes|getResource(AsStream)?|getRecordComponents"
                  + "|getPermittedSubclasses|getGeneric(Superclass|Interfaces)|arrayType)",
              "java\\.lang\\.(ClassLoader|Module)\\.(loadClass|findClass|getResource.*|resources)",
              "java\\.lang\\.(System|Runtime)\\.load(Library)?",
              "java\\.lang\\.reflect\\.(Proxy|InvocationHandler)\\.(newProxyInstance|getProxyClass"
                  + "|invokeDefault)",
              "java\\.lang\\.reflect\\.(Method|Constructor|Field|Array)\\.(invoke|newInstance|[gs]et)",
              "java\\.lang\\.invoke\\.MethodHandles(\\$Lookup)?\\..*",
              "java\\.util\\.(ServiceLoader|ResourceBundle)\\.(load|loadInstalled|getBundle)",
              "java\\.util\\.concurrent\\.atomic\\.Atomic\\w+FieldUpdater\\.newUpdater",
              "java\\.io\\.Object(In|Out)putStream\\.(read|write)Object",
              "(com\\.fasterxml|tools)\\.jackson\\.databind\\.[\\w.$]+\\.(readValues?|readTreeAsValue"
                  + "|writeValue\\w*|treeToValue|valueToTree|convertValue|constructType|forType"
                  + "|find(AndAdd|AndRegister)?Modules)",
              "org\\.springframework\\.boot\\.context\\.properties\\.bind\\.Binder\\.bind\\w*"));

  @BeforeAll
  static void readNoClassesButTheModules() {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
  }

  @AfterAll
  static void reset() {
    ArchConfiguration.get().reset();
  }

  @ParameterizedTest
  @MethodSource("dev.workerclient.modules.ClosuresTest#published")
  void everyOneIsReviewed(String module) throws IOException {
    assertThat(found(module))
        .as("new or gone: what does a native image need for it? write it to %s", REVIEWED)
        .containsExactlyElementsOf(new TreeSet<>(reviewed(module)));
  }

  @Test
  void noModuleIsListedThatIsGone() throws IOException {
    assertThat(lines().map(line -> line.split(" ", 2)[0])).isSubsetOf(ClosuresTest.published());
  }

  /** As {@code dev.workerclient.Caller.method Class.forName}; lambdas count for their class. */
  private static Set<String> found(String module) {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : classes(module)) {
      for (JavaCodeUnitAccess<?> access : type.getCodeUnitAccessesFromSelf()) {
        AccessTarget target = access.getTarget();
        if (REFLECTIVE.matcher(target.getOwner().getName() + "." + target.getName()).matches()) {
          found.add(
              type.getName() + " " + target.getOwner().getSimpleName() + "." + target.getName());
        }
      }
    }
    return found;
  }

  private static Iterable<JavaClass> classes(String module) {
    Path classes = ROOT.resolve(module).resolve("target/classes");
    return Files.exists(classes)
        ? new ClassFileImporter().importPath(classes)
        : List.of(); // Of the binding proxy's module, which has none.
  }

  private static List<String> reviewed(String module) throws IOException {
    List<String> calls = new ArrayList<>();
    lines()
        .filter(line -> line.startsWith(module + " "))
        .forEach(line -> calls.add(line.substring(module.length() + 1).split(": ", 2)[0]));
    return calls;
  }

  /** {@code module class target: what makes it work}. */
  static Stream<String> lines() throws IOException {
    return Files.readAllLines(REVIEWED).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"));
  }
}
