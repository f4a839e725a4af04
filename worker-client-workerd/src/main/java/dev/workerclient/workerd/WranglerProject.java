package dev.workerclient.workerd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How {@link WorkerdServer.Builder#fromWrangler} reads a configuration. Not thread-safe. */
public final class WranglerProject {
  private final Path config;
  private String environment = "";
  private @Nullable Path wrangler;
  private @Nullable Path node;

  WranglerProject(Path config) {
    this.config = config;
  }

  /** Sets the environment of the configuration, such as {@code staging}. Default: none. */
  public WranglerProject env(String environment) {
    this.environment = Objects.requireNonNull(environment, "environment");
    return this;
  }

  /**
   * Sets the wrangler to run: the folder that npm installed. Default: the one in {@code
   * node_modules} at or above the folder of the configuration, or else the working directory.
   */
  public WranglerProject wrangler(Path folder) {
    this.wrangler = Objects.requireNonNull(folder, "folder");
    return this;
  }

  /** Sets the Node.js program that runs wrangler. Default: {@code node} on the PATH. */
  public WranglerProject node(Path program) {
    this.node = Objects.requireNonNull(program, "program");
    return this;
  }

  /** Builds the Worker, and adds it with its bindings. */
  void addTo(Fleet fleet) {
    WranglerDevOptions.require(config);
    Wrangler tool = Wrangler.resolve(node, wrangler, config, Path.of(""));
    try {
      TemporaryFolder folder = TemporaryFolder.create("wrangler-project-");
      try {
        Path dist = folder.path().resolve("dist");
        run(
            tool.command(
                List.of(
                    "deploy",
                    "--dry-run",
                    "--outdir=" + dist,
                    "--config=" + config.toAbsolutePath(),
                    "--env=" + environment),
                folder.path(),
                folder.path()));
        List<String> lines =
            run(
                tool.command(
                    Resources.copy("wrangler-project.mjs", folder.path()),
                    List.of(config.toAbsolutePath().toString(), environment),
                    folder.path()));
        add(fleet, lines, dist);
      } finally {
        folder.delete();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("wrangler could not be run on " + config, e);
    }
  }

  private List<String> run(ProcessBuilder command) throws IOException {
    Process process = command.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      int status = process.waitFor();
      if (status != 0) {
        throw new IllegalStateException(
            "wrangler ended with status "
                + status
                + "; configuration "
                + config
                + "; it printed:\n"
                + WranglerOutput.withoutColors(output).strip());
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while wrangler read " + config, e);
    }
    return output.lines().filter(line -> line.startsWith(PREFIX)).toList();
  }
}
