package dev.workerclient.examples;

import dev.workerclient.workerd.WorkerdServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** This project's workerd, which is not above the working directory of its tests. */
public final class InstalledWorkerd {
  private static final Path PROXY = Path.of("../binding-proxy");

  private InstalledWorkerd() {}

  /** Its path; where there is none the test is skipped, and fails with CI=true. */
  public static Path path() {
    return WorkerdServer.findBinary(PROXY).orElseGet(InstalledWorkerd::missing);
  }

  private static Path missing() {
    String reason = "no workerd; run npm ci in binding-proxy";
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(reason);
    }
    System.err.println("==== a test on real workerd SKIPPED: " + reason + " ====");
    return Assumptions.abort(reason);
  }
}
