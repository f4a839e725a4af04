package dev.workerclient.workerd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A shell script in the place of Node.js, which does not run the wrangler that is there. */
final class FakeWrangler {
  static final String READY = "echo '[wrangler:info] Ready on http://127.0.0.1:80'\n";

  /** Starts another process as wrangler does, and runs until a signal comes. */
  static final String OUTLIVE = "sleep 60 &\nexec sleep 60\n";

  private FakeWrangler() {}

  /** Writes the package's one script that is looked at, a configuration and the program. */
  static WranglerDevServer.Builder server(Path folder, String program) throws IOException {
    Path node = Files.writeString(folder.resolve("node"), "#!/bin/sh\n" + program);
    assertThat(node.toFile().setExecutable(true)).isTrue();
    return WranglerDevServer.builder()
        .node(node)
        .wrangler(install(folder))
        .config(Files.writeString(folder.resolve("wrangler.jsonc"), "{}"));
  }

  /** Returns the package's folder. */
  static Path install(Path folder) throws IOException {
    Path wrangler = folder.resolve("node_modules/wrangler");
    Files.createDirectories(wrangler.resolve("wrangler-dist"));
    Files.writeString(wrangler.resolve("wrangler-dist/cli.js"), "");
    Path bin = Files.createDirectories(wrangler.resolve("bin"));
    Files.writeString(bin.resolve("wrangler.js"), "");
    return wrangler;
  }
}
