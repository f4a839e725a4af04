package dev.workerclient.examples;

import dev.workerclient.workerd.WranglerDevServer;
import java.nio.file.Files;
import java.nio.file.Path;

/** This project's wrangler, which is not above the working directory of its tests. */
public final class InstalledWrangler {
  private static final Path PROXY = Path.of("../binding-proxy");
  private static final Path NODE = PROXY.resolve("test/runtimes/node_modules/node-22/bin/node");

  private InstalledWrangler() {}

  /** Sets it; where there is none the test is skipped, and fails with CI=true. */
  public static void use(WranglerDevServer.Builder server) {
    InstalledWorkerd.path(); // which npm ci installs together with it
    server.wrangler(PROXY.resolve("node_modules/wrangler"));
    server.node(node());
  }

  /** The Node.js that runs it, and the fleet tools. */
  public static Path node() {
    return Files.exists(NODE) ? NODE.toAbsolutePath() : Path.of("node");
  }
}
