package dev.workerclient.mockserver.workerd;

import java.nio.file.Path;
import java.util.stream.Stream;

/** A workerd to test on, whether it is installed or not. */
record Installed(String name, Path binary) {
  static Stream<Installed> all() {
    Path modules = RealFleet.PROXY_FOLDER.resolve("node_modules");
    return Stream.of(
        new Installed("wrangler's workerd", modules.resolve("workerd/bin/workerd")),
        new Installed("newest workerd", modules.resolve("workerd-newest/bin/workerd")));
  }

  @Override
  public String toString() {
    return name;
  }
}
