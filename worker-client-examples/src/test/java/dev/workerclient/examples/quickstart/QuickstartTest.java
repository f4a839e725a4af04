package dev.workerclient.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void makesFiveCallsToTheEmbeddedFleet() throws Exception {
    Set<Thread> before = userThreads();
    assertThat(run(Path.of(""))).isZero();
    assertFiveCalls();
    assertThat(text(out))
        .startsWith("worker-client: five calls to an embedded fleet (MockWorkers)");
    assertNoThreadStaysBut(before);
  }

  @Test
  @Tag("workerd")
  void makesTheSameFiveCallsOnTheRealRuntime() throws Exception {
    try {
      FleetFiles.config(Path.of(""));
    } catch (FleetFiles.MissingException e) {
      if ("true".equals(System.getenv("CI"))) {
        throw e;
      }
      System.err.println("==== quickstart --workerd SKIPPED: " + e.getMessage() + " ====");
      abort(String.valueOf(e.getMessage()));
    }
    Set<Thread> before = userThreads();
    assertThat(run(Path.of(""), "--workerd")).isZero();
    assertFiveCalls();
    assertThat(text(out))
        .startsWith("worker-client: five calls to real workerd")
        .contains("a stand-in for Cloudflare's edge answers here");
    assertNoThreadStaysBut(before);
  }

  @Test
  void saysWhatIsMissingForTheRealRuntime(@TempDir Path empty) {
    assertThat(run(empty, "--workerd")).isEqualTo(1);
    assertThat(text(err)).startsWith("quickstart --workerd: run this within the project");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void refusesOtherArguments() {
    assertThat(run(Path.of(""), "--help")).isEqualTo(1);
    assertThat(text(err)).contains("takes no argument, or --workerd");
  }

  private void assertFiveCalls() {
    List<String> lines = text(out).lines().toList();
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    assertThat(lines).filteredOn(line -> line.matches("\\d\\. .*")).hasSize(5);
    assertThat(lines)
        .filteredOn(line -> line.matches(" {3}(binding-proxy|custom-domain) .*"))
        .map(line -> line.strip().replaceAll(" +", " ").replaceAll(" [0-9.]+$", ""))
        .containsExactly(
            "binding-proxy 200 answered DELIVERED",
            "binding-proxy 404 BINDING_NOT_FOUND NOT_DELIVERED",
            "custom-domain 200 answered DELIVERED",
            "binding-proxy 500 DISPATCH_MISMATCH DELIVERED",
            "custom-domain 200 answered DELIVERED",
            "binding-proxy 500 DISPATCH_MISMATCH DELIVERED",
            "binding-proxy 404 ERROR_1042 NOT_DELIVERED",
            "custom-domain 404 ERROR_1042 UNKNOWN");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("   => "))
        .map(line -> line.replaceAll(": [^t].*;", ";"))
        .containsExactly(
            "   => HTTP 200 by binding-proxy; target executions: 1",
            "   => HTTP 200 by custom-domain; target executions: 1",
            "   => HTTP 200 by custom-domain; target executions: 2",
            "   => DispatchMismatchException; target executions: 1",
            "   => Error1042Exception; target executions: 0");
    assertThat(text(out))
        .contains("1. binding-proxy: ERROR_1042")
        .contains("2. custom-domain: ERROR_1042");
  }

  private int run(Path folder, String... arguments) {
    try (PrintStream toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      return Quickstart.run(folder, toOut, toErr, arguments);
    }
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Those of a pool that was shut down end in their own time, soon. */
  private static void assertNoThreadStaysBut(Set<Thread> before) throws InterruptedException {
    Set<Thread> others = userThreads();
    others.removeAll(before);
    for (Thread thread : others) {
      thread.join(10_000);
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }

  /** The threads that would keep a JVM from ending. */
  private static Set<Thread> userThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && !thread.isDaemon())
        .collect(Collectors.toSet());
  }
}
