package dev.workerclient.workerd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The wrangler that npm installed, and the Node.js that runs it. Its script is run without {@code
 * bin/wrangler.js}, a program that starts another and does not end it if it is killed itself.
 */
record Wrangler(Path node, Path script) {
  private static final Path PACKAGE = Path.of("node_modules", "wrangler");
  private static final Path SCRIPT = Path.of("wrangler-dist", "cli.js");

  /** Returns what the user gave, or else what is installed at or above a start; checked. */
  static Wrangler resolve(@Nullable Path node, @Nullable Path wrangler, Path... starts) {
    Path script = wrangler == null ? find(starts) : scriptOf(wrangler);
    return new Wrangler(node == null ? findNode() : checked(node), script);
  }

  private static Path find(Path... starts) {
    return Stream.of(starts)
        .flatMap(Programs::atOrAbove)
        .map(folder -> folder.resolve(PACKAGE).resolve(SCRIPT))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "wrangler was not found in a node_modules folder at or above the"
                        + " configuration or the working directory; run npm install wrangler"
                        + " there, or give the package's folder by wrangler(path)"));
  }

  /** Takes the package's folder, or a program in it, also by npm's link in node_modules/.bin. */
  private static Path scriptOf(Path wrangler) {
    return real(wrangler)
        .flatMap(
            path ->
                Stream.iterate(path, p -> p != null, Path::getParent)
                    .limit(3)
                    .map(folder -> folder.resolve(SCRIPT))
                    .filter(Files::isRegularFile)
                    .findFirst())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "wrangler was given as "
                        + wrangler
                        + ", which has no "
                        + SCRIPT
                        + "; give the folder that npm installed, such as "
                        + PACKAGE));
  }

  private static Optional<Path> real(Path path) {
    try {
      return Files.exists(path) ? Optional.of(path.toRealPath()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path findNode() {
    return Programs.onPath("node")
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Node.js, which runs wrangler, was not found on the PATH; install it, or give"
                        + " the program by node(path)"));
  }

  private static Path checked(Path node) {
    if (!Programs.canRun(node)) {
      throw new IllegalArgumentException(
          "Node.js was given as " + node + ", which is not a program that can be run");
    }
    return node;
  }

  /**
   * Returns a command of wrangler that reports nothing to Cloudflare, asks no questions, and writes
   * neither logs nor the list of running servers into the folders of the developer.
   */
  ProcessBuilder command(List<String> arguments, Path logs, Path registry) {
    return node(script, arguments, logs, registry);
  }

  /** Returns a command that runs another program, which gets this wrangler as its argument. */
  ProcessBuilder program(Path program, List<String> arguments, Path folder) {
    List<String> all = new ArrayList<>();
    all.add(script.toAbsolutePath().toString());
    all.addAll(arguments);
    return node(program, all, folder, folder);
  }

  private ProcessBuilder node(Path program, List<String> arguments, Path logs, Path registry) {
    List<String> command = new ArrayList<>();
    command.add(node.toAbsolutePath().toString());
    command.add("--no-warnings");
    command.add(program.toAbsolutePath().toString());
    command.addAll(arguments);
    ProcessBuilder process = new ProcessBuilder(command);
    Map<String, String> environment = process.environment();
    environment.put("CI", "true");
    environment.put("NO_COLOR", "1");
    environment.put("WRANGLER_HIDE_BANNER", "true"); // and with it the check for a newer version
    environment.put("WRANGLER_SEND_METRICS", "false");
    environment.put("WRANGLER_SEND_ERROR_REPORTS", "false");
    environment.put("CLOUDFLARE_CF_FETCH_ENABLED", "false"); // request.cf without the network
    environment.put("WRANGLER_WRITE_LOGS", "false");
    environment.put("WRANGLER_LOG_PATH", logs.toAbsolutePath().toString()); // 4.86 writes it anyway
    environment.put("WRANGLER_REGISTRY_PATH", registry.toAbsolutePath().toString());
    environment.remove("FORCE_COLOR");
    environment.remove("WRANGLER_LOG"); // a level that hides the address
    return process;
  }
}
