package dev.workerclient.modules;

import static dev.workerclient.mockserver.MockAnswer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.workerclient.mockserver.MockWorkers;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application whose build shrinks and renames it and the library, by ProGuard, still works. */
@Timeout(180)
class ShrinkTest {
  private static final Path APP = Path.of("src/test/apps/shrunk");
  private static final Path JMODS = Path.of(System.getProperty("java.home"), "jmods");

  /** The modules that are shrunk with it. */
  private static final List<String> SHRUNK =
      List.of("worker-client-core", "worker-client-jackson", "worker-client-rpc");

  /** Parts of the names of jars that the application has, and does not shrink. */
  private static final List<String> LIBRARIES =
      List.of("okhttp-jvm", "okio-jvm", "kotlin-stdlib", "jackson-", "resilience4j", "slf4j");

  @TempDir Path folder;

  @Test
  void callsAndRpcWork() throws Exception {
    assumeThat(JMODS).as("what ProGuard reads the JDK from").exists();
    Path jar = shrink();
    try (MockWorkers workers = MockWorkers.start()) {
      workers.service("ORDERS").rpc(new OpenOrders());
      workers.service("ORDERS").binding().on("GET", "/v1/orders").answers(json(OpenOrders.JSON));
      workers.service("ORDERS").binding().on("POST", "/v1/orders").answers(json(OpenOrders.MADE));

      assertThat(java(jar, workers).lines())
          .containsExactly(
              "[Order[id=o-1, cents=42]]", "Order[id=o-2, cents=7]", "4 [Order[id=o-1, cents=42]]");
    }
    try (ZipFile shrunk = new ZipFile(jar.toFile())) {
      assertThat(shrunk.stream().map(Object::toString))
          .noneMatch(name -> name.startsWith("dev/workerclient/internal/"));
    }
  }

  public interface Orders {
    int count(String status);

    List<Order> open();
  }

  public record Order(String id, int cents) {}

  /** What the application's interface calls. */
  public static final class OpenOrders implements Orders {
    static final String JSON = "[{\"id\":\"o-1\",\"cents\":42}]";
    static final String MADE = "{\"id\":\"o-2\",\"cents\":7}";

    @Override
    public int count(String status) {
      return status.length();
    }

    @Override
    public List<Order> open() {
      return List.of(new Order("o-1", 42));
    }
  }

  private Path shrink() throws Exception {
    Path classes = folder.resolve("classes");
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                APP.resolve("com/example/shrunk/Main.java").toString());
    assertThat(status).isZero();
    Path jar = folder.resolve("shrunk.jar");
    List<String> rules = new ArrayList<>(List.of("-injars " + classes));
    for (String module : SHRUNK) {
      Path built = Path.of("..", module, "target/classes").toAbsolutePath();
      rules.add("-injars " + built + "(!module-info.class)");
      Path own = built.resolve("META-INF/proguard/" + module + ".pro");
      if (Files.exists(own)) {
        rules.add("-include " + own);
      }
    }
    rules.add("-outjars " + jar);
    libraries().forEach(entry -> rules.add("-libraryjars " + entry + "(!META-INF/**)"));
    for (String module : List.of("java.base", "java.logging", "java.sql", "java.desktop")) {
      rules.add("-libraryjars " + JMODS.resolve(module + ".jmod(!**.jar;!module-info.class)"));
    }
    rules.add("-include " + APP.resolve("rules.pro").toAbsolutePath());
    rules.add("-dontnote");
    Path file = Files.write(folder.resolve("shrink.pro"), rules);
    run(System.getProperty("java.class.path"), "proguard.ProGuard", "@" + file);
    return jar;
  }

  private static String java(Path jar, MockWorkers workers) throws Exception {
    String classPath =
        Stream.concat(Stream.of(jar.toString()), libraries())
            .collect(Collectors.joining(File.pathSeparator));
    return run(classPath, "com.example.shrunk.Main", workers.proxyUrl(), workers.proxyToken());
  }

  private static Stream<String> libraries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("worker-client-"))
        .filter(
            entry ->
                LIBRARIES.stream().anyMatch(Path.of(entry).getFileName().toString()::startsWith));
  }

  private static String run(String classPath, String... main)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of("-cp", classPath));
    command.addAll(List.of(main));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s", output).isZero();
    return output;
  }
}
