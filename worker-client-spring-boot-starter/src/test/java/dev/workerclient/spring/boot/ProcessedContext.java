package dev.workerclient.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.FileSystemGeneratedFiles;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;

/** The code and hints that Spring's AOT processing makes of a context. */
final class ProcessedContext {
  private final RuntimeHints hints;
  private final String initializer;
  private final Path sources;
  private final Path classes;

  private ProcessedContext(RuntimeHints hints, String initializer, Path sources, Path classes) {
    this.hints = hints;
    this.initializer = initializer;
    this.sources = sources;
    this.classes = classes;
  }

  /** Processes a context that is not refreshed yet, into a folder. */
  static ProcessedContext of(GenericApplicationContext context, Path folder) {
    DefaultGenerationContext generation =
        new DefaultGenerationContext(
            new ClassNameGenerator(ClassName.get(ProcessedContext.class)),
            new FileSystemGeneratedFiles(
                kind -> folder.resolve(kind == Kind.SOURCE ? "sources" : "others")));
    ClassName initializer =
        new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
    generation.writeGeneratedContent();
    context.close();
    return new ProcessedContext(
        generation.getRuntimeHints(),
        initializer.reflectionName(),
        folder.resolve("sources"),
        folder.resolve("classes"));
  }

  RuntimeHints hints() {
    return hints;
  }

  /** Compiles the code and has it register the beans. */
  @SuppressWarnings("unchecked")
  void initialize(GenericApplicationContext context) throws Exception {
    compile();
    for (Path file : files(classes)) {
      define(file);
    }
    ApplicationContextInitializer<GenericApplicationContext> generated =
        Class.forName(initializer)
            .asSubclass(ApplicationContextInitializer.class)
            .getDeclaredConstructor()
            .newInstance();
    generated.initialize(context);
  }

  private void compile() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn"));
    arguments.addAll(List.of("-d", classes.toString()));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    files(sources).forEach(file -> arguments.add(file.toString()));
    StringWriter output = new StringWriter();
    PrintWriter writer = new PrintWriter(output);
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(writer, writer, arguments.toArray(new String[0]));
    assertThat(status).as("%s", output).isZero();
  }

  /** In the loader of the class that it was made for, whose package it is in. */
  private void define(Path file) throws Exception {
    String name =
        classes.relativize(file).toString().replace(File.separatorChar, '.').replace(".class", "");
    Class<?> beside = Class.forName(name.substring(0, name.indexOf("__")));
    MethodHandles.privateLookupIn(beside, MethodHandles.lookup())
        .defineClass(Files.readAllBytes(file));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
