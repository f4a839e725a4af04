package dev.workerclient.workerd;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A workerd to test on, whether it is installed or not. */
record Installed(String name, Path binary) {
  private static final Path PROXY = Path.of("../binding-proxy");
  private static final String BINARY = "node_modules/workerd/bin/workerd";
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  /** All that binding-proxy installs. */
  static Stream<Installed> all() {
    return Stream.of(
        new Installed("oldest workerd", PROXY.resolve("test/runtimes").resolve(BINARY)),
        new Installed("newest workerd", PROXY.resolve(BINARY)));
  }

  /** Skips the test if this workerd is missing, and fails it with CI=true. */
  void require() {
    if (Files.exists(binary)) {
      return;
    }
    String reason =
        "no " + binary + "; run npm ci in binding-proxy and in binding-proxy/test/runtimes";
    if ("true".equals(System.getenv("CI"))) {
      fail("with CI=true the tests on " + name + " must run: " + reason);
    }
    String message = "tests on " + name + " SKIPPED: " + reason;
    if (TOLD.add(message)) {
      System.err.println("==== " + message + " ====");
    }
    abort(message);
  }

  @Override
  public String toString() {
    return name;
  }
}
