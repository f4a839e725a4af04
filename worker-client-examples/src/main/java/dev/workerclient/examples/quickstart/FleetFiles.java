package dev.workerclient.examples.quickstart;

import dev.workerclient.workerd.WorkerdServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code --workerd} needs on disk, found in this project's folder or one below it. */
final class FleetFiles {
  private static final Path CONFIG = Path.of("binding-proxy/test/fleet/fleet.capnp");
  private static final Path BUNDLE = Path.of("binding-proxy/dist/binding-proxy.js");

  private FleetFiles() {}

  /**
   * Returns the fleet's configuration.
   *
   * @throws MissingException if something is to be installed or built first
   */
  static Path config(Path from) throws MissingException {
    Path project =
        Stream.iterate(from.toAbsolutePath(), folder -> folder != null, Path::getParent)
            .filter(folder -> Files.exists(folder.resolve(CONFIG)))
            .findFirst()
            .orElseThrow(
                () -> new MissingException("run this within the project: no " + CONFIG + " here"));
    Path config = project.resolve(CONFIG);
    Optional<Path> binary = WorkerdServer.findBinary(config);
    if (binary.isEmpty()) {
      throw new MissingException(
          "no workerd is installed; install Node 20 or newer, then run: npm ci --prefix"
              + " binding-proxy");
    }
    if (!Files.exists(project.resolve(BUNDLE))) {
      throw new MissingException(
          "the binding proxy is not built; run: npm run build --prefix binding-proxy");
    }
    return config;
  }

  /** Something that a person has to install or build first. */
  static final class MissingException extends Exception {
    private static final long serialVersionUID = 1L;

    MissingException(String message) {
      super(message);
    }
  }
}
