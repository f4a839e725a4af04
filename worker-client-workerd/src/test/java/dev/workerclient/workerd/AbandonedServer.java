package dev.workerclient.workerd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Run in a JVM of its own: starts a server, prints the ids of its processes, never closes it. */
final class AbandonedServer {
  private AbandonedServer() {}

  /** Takes the binary and how the JVM goes on: {@code waits} or {@code returns}. */
  public static void main(String[] args) throws IOException {
    WorkerdServer server =
        WorkerdServer.builder()
            .binary(Path.of(args[0]))
            .scriptText("export default { fetch: () => new Response('ok') };")
            .start();
    printChildren();
    if (args[1].equals("waits")) {
      int end = System.in.read();
      System.out.println(server + ", " + end);
    }
  }

  static void printChildren() {
    System.out.println(
        ProcessHandle.current()
            .descendants()
            .map(child -> Long.toString(child.pid()))
            .collect(Collectors.joining(" ")));
  }
}
