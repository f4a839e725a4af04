package dev.workerclient.mockserver.workerd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerService;
import dev.workerclient.error.WorkerException;
import dev.workerclient.workerd.WranglerDevServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** A wrangler to test on, whether it is installed or not, and the Node.js that runs it. */
public record InstalledWrangler(String name, Path folder, Path node) {
  static final InstalledWrangler OLDEST = on("oldest wrangler", "test/runtimes", "node-20");
  static final InstalledWrangler NEWEST = on("newest wrangler", "", "node-24");

  /** All that binding-proxy installs; Node 22 is tested by the module worker-client-workerd. */
  public static Stream<InstalledWrangler> all() {
    return Stream.of(OLDEST, NEWEST);
  }

  private static InstalledWrangler on(String name, String folder, String node) {
    return new InstalledWrangler(
        name,
        Installed.inProxyFolder(folder).resolve("node_modules/wrangler"),
        Installed.inProxyFolder("test/runtimes/node_modules").resolve(node).resolve("bin/node"));
  }

  /** Starts to set up wrangler dev; ends the test if it can't run here. */
  WranglerDevServer.Builder server() {
    required();
    return WranglerDevServer.builder().wrangler(folder).node(node);
  }

  /** Returns itself; ends the test if it can't run here. */
  InstalledWrangler required() {
    Installed.requireThere(name, folder);
    Installed.requireThere(name, node);
    return this;
  }

  /** The sessions find each other a moment after their start. */
  static void awaitOk(WorkerService service) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      try {
        assertThat(service.get("/ok").execute().string()).isEqualTo("ok");
        return;
      } catch (WorkerException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
