package dev.workerclient.modules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An application of {@code src/test/apps}, compiled and run on the module path. */
final class App {
  /** Optional for the library, and not there for an application. */
  private static final List<String> TEST_LIBRARIES =
      List.of(
          "junit",
          "assertj",
          "opentest4j",
          "apiguardian",
          "byte-buddy",
          "surefire",
          "archunit",
          "guardsquare",
          "log4j",
          "gson",
          "org/json",
          "kotlin-metadata",
          "jetbrains/annotations");

  private final String name;
  private final Path classes;
  private final List<String> absent;

  /** An application whose module path has none of the jars with those words in their names. */
  App(String name, Path folder, String... absent) {
    this.name = name;
    this.classes = folder.resolve(name);
    this.absent = List.of(absent);
  }

  /** Returns the compiler's output; empty if there are no errors. */
  String compile() throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-d", classes.toString(), "-p", modulePath(), "--release", "17"));
    try (Stream<Path> sources = Files.walk(Path.of("src/test/apps", name))) {
      sources.map(Path::toString).filter(path -> path.endsWith(".java")).forEach(arguments::add);
    }
    StringWriter output = new StringWriter();
    PrintWriter writer = new PrintWriter(output);
    ToolProvider.findFirst("javac")
        .orElseThrow()
        .run(writer, writer, arguments.toArray(new String[0]));
    return output.toString();
  }

  /** Runs it in a JVM of its own, and returns what it wrote. */
  String run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-p",
                classes + File.pathSeparator + modulePath(),
                "-m",
                "com.example." + name + "/com.example." + name + ".Main"));
    command.addAll(Arrays.asList(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }

  /** The jars of the test's class path, as a build tool passes them to a modular application. */
  private String modulePath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> TEST_LIBRARIES.stream().noneMatch(entry::contains))
        .filter(entry -> !entry.contains("module-tests"))
        .filter(entry -> absent.stream().noneMatch(entry::contains))
        // Of Kotlin's multiplatform build: no classes, and the name of okio-jvm's module.
        .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("okio-3"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
