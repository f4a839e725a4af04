package dev.workerclient.mockserver.workerd;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A workerd to test on, whether it is installed or not. */
public record Installed(String name, Path binary) {
  private static final Path PROXY_FOLDER = proxyFolder();
  private static final Path BUNDLE = PROXY_FOLDER.resolve("dist/binding-proxy.js");
  private static final String BINARY = "node_modules/workerd/bin/workerd";
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  /** All that binding-proxy installs. */
  public static Stream<Installed> all() {
    return Stream.of(
        new Installed("oldest workerd", PROXY_FOLDER.resolve("test/runtimes").resolve(BINARY)),
        new Installed("newest workerd", PROXY_FOLDER.resolve(BINARY)));
  }

  /** A configuration of {@code binding-proxy/test/fleet}. */
  public static Path config(String file) {
    return PROXY_FOLDER.resolve("test/fleet").resolve(file);
  }

  static Path inProxyFolder(String path) {
    return PROXY_FOLDER.resolve(path);
  }

  /** Ends the test where it can't run here. */
  public void require() {
    requireThere(name, binary);
  }

  /** Ends the test if that file, or the proxy's bundle, is not there. */
  static void requireThere(String name, Path file) {
    requireThere(name, file, "run npm ci in binding-proxy and in binding-proxy/test/runtimes");
    requireThere(name, BUNDLE, "run npm run build in binding-proxy");
  }

  private static void requireThere(String name, Path file, String remedy) {
    if (Files.exists(file)) {
      return;
    }
    String reason = "no " + file + "; " + remedy;
    if ("true".equals(System.getenv("CI"))) {
      fail("with CI=true the tests on " + name + " must run: " + reason);
    }
    String message = "tests on " + name + " SKIPPED: " + reason;
    if (TOLD.add(message)) {
      System.err.println("==== " + message + " ====");
    }
    abort(message);
  }

  private static Path proxyFolder() {
    Path here = Path.of("").toAbsolutePath();
    return Stream.iterate(here, folder -> folder != null, Path::getParent)
        .map(folder -> folder.resolve("binding-proxy"))
        .filter(Files::isDirectory)
        .findFirst()
        .orElse(here.resolve("binding-proxy"));
  }

  @Override
  public String toString() {
    return name;
  }
}
