package dev.workerclient.examples.quickstart;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Makes five calls and prints what became of each attempt: against an embedded fleet, or with
 * {@code --workerd} on the real runtime.
 */
public final class Quickstart {
  private static final String USE_WORKERD = "--workerd";

  private Quickstart() {}

  /** Runs it; ends with status 1 if {@code --workerd} lacks something, which it names. */
  public static void main(String[] arguments) {
    int status = run(Path.of(""), System.out, System.err, arguments);
    if (status != 0) {
      System.exit(status);
    }
  }

  static int run(Path folder, PrintStream out, PrintStream err, String... arguments) {
    if (!Arrays.asList(USE_WORKERD).containsAll(Arrays.asList(arguments))) {
      err.println("quickstart: takes no argument, or " + USE_WORKERD);
      return 1;
    }
    try (Fleet fleet =
        arguments.length == 0 ? new MockFleet() : new WorkerdFleet(FleetFiles.config(folder))) {
      new Report(fleet, out).print();
      return 0;
    } catch (FleetFiles.MissingException e) {
      err.println("quickstart " + USE_WORKERD + ": " + e.getMessage());
      return 1;
    }
  }
}
