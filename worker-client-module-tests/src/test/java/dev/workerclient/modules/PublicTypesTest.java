package dev.workerclient.modules;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every public type of a published module is on a page, so that a reader can find out what it is
 * for.
 */
class PublicTypesTest {
  private static final Path ROOT_FOLDER = Path.of("..");
  private static final Set<Tree.Kind> INTERFACES =
      Set.of(Tree.Kind.INTERFACE, Tree.Kind.ANNOTATION_TYPE);

  /** Described with the type that they are for. */
  private static final Set<String> PARTS = Set.of("Builder", "Container");

  static List<String> modules() throws IOException {
    return ClosuresTest.published().stream()
        .filter(module -> Files.isDirectory(sources(module)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void everyPublicTypeIsOnAPage(String module) throws IOException {
    String pages = pages();
    assertThat(publicTypes(module))
        .as("public types that README and docs/*.md do not mention; add a sentence or a table row")
        .isNotEmpty()
        .filteredOn(type -> !Pattern.compile("\\b" + type + "\\b").matcher(pages).find())
        .isEmpty();
  }

  private static String pages() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT_FOLDER.resolve("docs"))) {
      List<Path> pages =
          new ArrayList<>(docs.filter(file -> file.toString().endsWith(".md")).toList());
      pages.add(ROOT_FOLDER.resolve("README.md"));
      StringBuilder text = new StringBuilder();
      for (Path page : pages) {
        text.append(Files.readString(page)).append('\n');
      }
      return text.toString();
    }
  }

  private static List<String> publicTypes(String module) throws IOException {
    List<Path> files = exported(module);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> types = new ArrayList<>();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, ROOT, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      for (CompilationUnitTree file : task.parse()) {
        file.getTypeDecls().forEach(type -> addPublic(type, false, types));
      }
    }
    return types;
  }

  private static void addPublic(Tree tree, boolean inInterface, List<String> types) {
    if (!(tree instanceof ClassTree type) || !(inInterface || isPublic(type.getModifiers()))) {
      return;
    }
    String name = type.getSimpleName().toString();
    if (!PARTS.contains(name)) {
      types.add(name);
    }
    if (name.endsWith("Properties")) {
      return; // the parts of it are keys, which pages list
    }
    boolean isInterface = INTERFACES.contains(type.getKind());
    type.getMembers().forEach(member -> addPublic(member, isInterface, types));
  }

  private static boolean isPublic(ModifiersTree modifiers) {
    return modifiers.getFlags().contains(Modifier.PUBLIC);
  }

  /** The files of the packages that users see. */
  private static List<Path> exported(String module) throws IOException {
    Path sources = sources(module);
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("module-info.java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .filter(file -> !sources.relativize(file).toString().contains("internal"))
          .collect(Collectors.toList());
    }
  }

  private static Path sources(String module) {
    return ROOT_FOLDER.resolve(module).resolve("src/main/java");
  }
}
