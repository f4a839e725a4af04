package dev.workerclient.workerd;

import java.io.IOException;
import java.nio.file.Path;

/** {@link AbandonedServer} with wrangler dev in place of workerd. */
final class AbandonedDevServer {
  private AbandonedDevServer() {}

  /** Takes the folder of wrangler, Node.js and a configuration. */
  public static void main(String[] args) throws IOException {
    WranglerDevServer server =
        WranglerDevServer.builder()
            .wrangler(Path.of(args[0]))
            .node(Path.of(args[1]))
            .config(Path.of(args[2]))
            .start();
    AbandonedServer.printChildren();
    System.out.println(server + ", " + System.in.read());
  }
}
