package dev.workerclient.examples.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.examples.InstalledWorkerd;
import dev.workerclient.examples.InstalledWrangler;
import dev.workerclient.workerd.WranglerDevServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The quick start of docs/fleet.md: from an empty folder beside three Workers to Java that calls
 * them through the generated proxy, with the generated configuration and interfaces.
 */
@Tag("workerd")
@Timeout(180)
class FleetRealRuntimeTest {
  private static final Path WORKERS = Path.of("fleet/workers").toAbsolutePath();
  private static final Path TOOLS = Path.of("../fleet-tools/dist/cli.js").toAbsolutePath();
  private static final Map<String, String> SECRETS =
      Map.of("PROXY_TOKEN", "fleet-token-0123456789-0123456789-abcdef");

  @TempDir Path folder;

  @Test
  void fourCommandsLeadToCallsOfAllThreeWorkers() throws Exception {
    InstalledWorkerd.path();
    fleet("proxy", WORKERS.toString(), "--out", "proxy");
    WranglerDevServer.Builder server =
        WranglerDevServer.builder()
            .config(
                folder.resolve("proxy/wrangler.jsonc"),
                WORKERS.resolve("orders/wrangler.jsonc"),
                WORKERS.resolve("catalog/wrangler.jsonc"),
                WORKERS.resolve("carts/wrangler.toml"))
            .var("PROXY_TOKEN", SECRETS.get("PROXY_TOKEN"));
    InstalledWrangler.use(server);
    try (WranglerDevServer dev = server.start()) {
      fleet("client", WORKERS.toString(), "--proxy-url", dev.url(), "--out", "workers.yaml");
      fleet("rpc", WORKERS.toString(), "--package", "com.example.shop", "--out", "java");

      assertThat(callShop())
          .isEqualTo(
              List.of("{\"ok\":true}", "[pear, apple]", "o-apple", "1000", "1970-01-01T00:00:00Z"));
    }
  }

  private void fleet(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(InstalledWrangler.node().toString());
    command.add(TOOLS.toString());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
  }

  /** Compiles what was generated and the hand-written class, with all warnings as errors. */
  private Object callShop() throws Exception {
    Path shop = folder.resolve("java/Shop.java");
    try (InputStream source = getClass().getResourceAsStream("/fleet/Shop.java")) {
      Files.copy(source, shop);
    }
    Path classes = Files.createDirectory(folder.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter output = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.walk(folder.resolve("java"))) {
      List<String> options =
          List.of("-Xlint:all", "-Werror", "-proc:none", "-d", classes.toString());
      boolean compiled =
          compiler
              .getTask(
                  output,
                  files,
                  null,
                  options,
                  null,
                  files.getJavaFileObjectsFromPaths(
                      sources.filter(path -> path.toString().endsWith(".java")).toList()))
              .call();
      assertThat(compiled).as(output.toString()).isTrue();
    }
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
      return loader
          .loadClass("Shop")
          .getMethod("call", Path.class, Function.class)
          .invoke(null, folder.resolve("workers.yaml"), (Function<String, String>) SECRETS::get);
    }
  }
}
