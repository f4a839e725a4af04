package dev.workerclient.workerd;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A wrangler to test on, whether it is installed or not, and the Node.js that runs it. */
record InstalledWrangler(String name, Path folder, Path node) {
  private static final Path PROXY = Path.of("../binding-proxy");
  private static final Path MODULES = PROXY.resolve("node_modules");
  private static final Path NODE_22 = MODULES.resolve("node-22/bin/node");
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  /** All that binding-proxy installs. */
  static Stream<InstalledWrangler> all() throws IOException {
    Path ofThePath = Programs.onPath("node").orElse(Path.of("node"));
    InstalledWrangler newest =
        new InstalledWrangler(
            "newest wrangler",
            MODULES.resolve("wrangler"),
            Files.exists(NODE_22) ? NODE_22 : ofThePath);
    InstalledWrangler oldest =
        new InstalledWrangler("oldest wrangler", MODULES.resolve("wrangler-oldest"), ofThePath);
    return Files.readString(PROXY.resolve("package.json")).contains("wrangler-oldest")
        ? Stream.of(newest, oldest)
        : Stream.of(newest);
  }

  /** Skips the test if this wrangler is missing, and fails it with CI=true. */
  void require() {
    if (Files.exists(folder) && Files.exists(node)) {
      return;
    }
    String reason = "no " + folder + " or no " + node + "; run npm ci in binding-proxy";
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
