package dev.workerclient.examples.health;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * Serves the health of an embedded fleet until Enter is pressed; takes a port, or uses a free one.
 */
public final class HealthExample {
  private HealthExample() {}

  /** Runs it; exits with status 1 if the argument is not a port. */
  public static void main(String[] arguments) throws IOException {
    int status = run(System.in, System.out, System.err, arguments);
    if (status != 0) {
      System.exit(status);
    }
  }

  static int run(InputStream in, PrintStream out, PrintStream err, String... arguments)
      throws IOException {
    if (arguments.length > 1 || (arguments.length == 1 && !isPort(arguments[0]))) {
      err.println("health: takes no argument, or a port from 0 to 65535; 0 is any free one");
      return 1;
    }
    int port = arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]);
    try (HealthFleet fleet = new HealthFleet();
        HealthServer server = HealthServer.start(fleet.client(), port)) {
      print(fleet, server, out);
      awaitEnter(in);
    }
    return 0;
  }

  private static void print(HealthFleet fleet, HealthServer server, PrintStream out) {
    String health = server.url() + "/health";
    out.println("worker-client: the health of an embedded fleet (MockWorkers)");
    out.println();
    out.println("the page, for a browser:    " + health);
    out.println("the same as JSON:           curl -i " + health + "/bindings");
    out.println("one service step by step:   curl '" + health + "/diagnosis?service=ORDERS'");
    out.println();
    out.println("client.health().toTable():");
    out.println();
    out.println(fleet.client().health().toTable());
    out.println("Press Enter to end it.");
    out.flush();
  }

  private static boolean isPort(String text) {
    return text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65535;
  }

  private static void awaitEnter(InputStream in) throws IOException {
    int read;
    do {
      read = in.read();
    } while (read != '\n' && read != -1);
  }
}
