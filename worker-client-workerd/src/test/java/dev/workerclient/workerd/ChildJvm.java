package dev.workerclient.workerd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A JVM that runs {@link AbandonedServer}, with the two processes that it has started. */
public final class ChildJvm implements AutoCloseable {
  private final Process jvm;
  private final List<Long> started;

  private ChildJvm(Process jvm, List<Long> started) {
    this.jvm = jvm;
    this.started = started;
  }

  /**
   * Starts it and returns when it has started its server.
   *
   * @param then {@code waits} or {@code returns}
   */
  public static ChildJvm start(Path binary, String then) throws IOException {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AbandonedServer.class.getName(),
                binary.toString(),
                then)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
    String ids = String.valueOf(output.readLine());
    assertThat(ids).as("ids of workerd and its watchdog").matches("\\d+ \\d+");
    return new ChildJvm(jvm, Stream.of(ids.split(" ")).map(Long::valueOf).toList());
  }

  /** The ids of workerd and its watchdog, in any order. */
  public List<Long> started() {
    return started;
  }

  ProcessHandle watchdog() {
    return started.stream()
        .flatMap(id -> ProcessHandle.of(id).stream())
        .filter(process -> process.info().commandLine().orElse("").contains("workerd-watchdog"))
        .findFirst()
        .orElseThrow();
  }

  public void kill() {
    jvm.destroyForcibly();
  }

  /** Lets its main method return, and waits until it has ended. */
  void end() throws IOException, InterruptedException {
    jvm.getOutputStream().close();
    assertThat(jvm.waitFor(20, TimeUnit.SECONDS)).as("the JVM has ended by itself").isTrue();
  }

  /** Waits until a process is gone, which may be that of nobody's child by then. */
  public static void awaitGone(long id) {
    // Not by onExit, which looks seldom at what is no child.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (isAlive(id) && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(isAlive(id)).as("process %d still runs", id).isFalse();
  }

  /** A process that is dead, and only waits for its parent to notice, has no command any more. */
  static boolean isAlive(long id) {
    return ProcessHandle.of(id).flatMap(process -> process.info().command()).isPresent();
  }

  @Override
  public void close() {
    jvm.destroyForcibly();
  }
}
