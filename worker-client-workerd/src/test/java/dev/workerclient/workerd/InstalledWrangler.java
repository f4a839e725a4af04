package dev.workerclient.workerd;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A wrangler to test on, whether it is installed or not, and the Node.js that runs it. */
record InstalledWrangler(String name, Path folder, Path node) {
  private static final Path PROXY = Path.of("../binding-proxy");
  private static final Path RUNTIMES = PROXY.resolve("test/runtimes/node_modules");
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  /** All that binding-proxy installs; Node 24 is tested by mockserver's tests of wrangler dev. */
  static Stream<InstalledWrangler> all() {
    return Stream.of(
        new InstalledWrangler(
            "newest wrangler", PROXY.resolve("node_modules/wrangler"), node("node-22")),
        new InstalledWrangler("oldest wrangler", RUNTIMES.resolve("wrangler"), node("node-20")));
  }

  /** The packages of Node are for Linux on x64 alone. */
  private static Path node(String folder) {
    Path installed = RUNTIMES.resolve(folder).resolve("bin/node");
    return Files.exists(installed) ? installed : Programs.onPath("node").orElse(installed);
  }

  /** Skips the test if this wrangler is missing, and fails it with CI=true. */
  void require() {
    if (Files.exists(folder) && Files.exists(node)) {
      return;
    }
    String reason =
        "no " + folder + " or no " + node + "; run npm ci in binding-proxy and its test/runtimes";
    if ("true".equals(System.getenv("CI"))) {
      fail("with CI=true the tests on " + name + " must run: " + reason);
    }
    String message = "tests on " + name + " SKIPPED: " + reason;
    if (TOLD.add(message)) {
      System.err.println("==== " + message + " ====");
    }
    abort(message);
  }

  WranglerDevServer.Builder server() {
    return WranglerDevServer.builder().wrangler(folder).node(node);
  }

  @Override
  public String toString() {
    return name;
  }
}
