package dev.workerclient.workerd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The options of {@code wrangler dev}, as a user gives them. Not thread-safe. */
final class WranglerDevOptions {
  private List<Path> configs = List.of();
  private final Map<String, String> variables = new LinkedHashMap<>();
  private @Nullable String environment;
  private int port;
  private @Nullable Path registry;
  private @Nullable Path persistTo;

  void configs(List<Path> files) {
    this.configs = List.copyOf(files);
  }

  void environment(String name) {
    this.environment = name;
  }

  void variable(String name, String value) {
    if (name.isEmpty() || name.contains(":")) {
      throw new IllegalArgumentException(
          "a variable was given with the name \""
              + name
              + "\"; give the one by which the Worker finds it in env, without a colon");
    }
    if (name.indexOf('\0') >= 0 || value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "the variable "
              + name.replace('\0', '?')
              + " was given with a NUL character, which no program takes as an argument; put it"
              + " into \"vars\" of the configuration");
    }
    variables.put(name, value);
  }

  void port(int number) {
    if (number < 0 || number > 65_535) {
      throw new IllegalArgumentException(
          "the port was given as " + number + "; give one up to 65535, or 0 for a free one");
    }
    this.port = number;
  }

  void registry(Path folder) {
    this.registry = folder;
  }

  void persistTo(Path folder) {
    this.persistTo = folder;
  }

  /** Checks what can be checked before the start, and returns the first configuration. */
  Path require() {
    if (configs.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing to serve was given; set config(file), such as wrangler.jsonc");
    }
    configs.forEach(WranglerDevOptions::require);
    return configs.get(0);
  }

  static void require(Path config) {
    if (!Files.isRegularFile(config) || !Files.isReadable(config)) {
      throw new IllegalArgumentException(
          "wrangler's configuration was given as "
              + config
              + ", which is not a file that can be read");
    }
  }

  ServerProcess start(Wrangler wrangler, WranglerOutput output) {
    try {
      TemporaryFolder own = TemporaryFolder.create("wrangler-dev-");
      Path registryFolder = registry == null ? own.path().resolve("registry") : registry;
      ProcessBuilder command =
          wrangler.command(arguments(own.path()), own.path().resolve("logs"), registryFolder);
      Path folder = Objects.requireNonNull(configs.get(0).toAbsolutePath().getParent());
      command.directory(folder.toFile());
      return ServerProcess.startTree("wrangler dev", command, output, own);
    } catch (IOException e) {
      throw new UncheckedIOException("wrangler could not be started from " + wrangler, e);
    }
  }

  private List<String> arguments(Path own) {
    Path state = persistTo == null ? own.resolve("state") : persistTo;
    List<String> arguments = new ArrayList<>(List.of("dev"));
    for (Path config : configs) {
      arguments.add("--config=" + config.toAbsolutePath());
    }
    if (environment != null) {
      arguments.add("--env=" + environment);
    }
    variables.forEach((name, value) -> arguments.add("--var=" + name + ":" + value));
    arguments.add("--ip=127.0.0.1");
    arguments.add("--port=" + port);
    arguments.add("--inspector-port=0");
    arguments.add("--local-protocol=http");
    arguments.add("--persist-to=" + state.toAbsolutePath());
    arguments.add("--local");
    return arguments;
  }

  @Override
  public String toString() {
    return configs.stream()
        .map(Path::toString)
        .collect(Collectors.joining(", ", "configuration ", ""));
  }
}
