package dev.workerclient.workerd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A JVM that starts a server, with all the processes that it has started. */
public final class ChildJvm implements AutoCloseable {
  private final Process jvm;
  private final List<Long> started;

  private ChildJvm(Process jvm, List<Long> started) {
    this.jvm = jvm;
    this.started = started;
  }

  /**
   * Starts it and returns when it has started workerd and the watchdog.
   *
   * @param then {@code waits} or {@code returns}
   */
  public static ChildJvm start(Path binary, String then) throws IOException {
    ChildJvm jvm = run(AbandonedServer.class, binary.toString(), then);
    assertThat(jvm.started).as("workerd and its watchdog").hasSize(2);
    return jvm;
  }

  /** Starts it and returns when it has started wrangler dev. It waits then. */
  static ChildJvm startWrangler(InstalledWrangler installed, Path config) throws IOException {
    return run(
        AbandonedDevServer.class,
        installed.folder().toString(),
        installed.node().toString(),
        config.toString());
  }

  private static ChildJvm run(Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    Process jvm =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
    String ids = String.valueOf(output.readLine());
    assertThat(ids).as("ids of the processes").matches("\\d+( \\d+)+");
    return new ChildJvm(jvm, Stream.of(ids.split(" ")).map(Long::valueOf).toList());
  }

  /** The ids of its processes, in any order. */
  public List<Long> started() {
    return started;
  }

  /** Its processes that still run. */
  List<ProcessHandle> processes() {
    return started.stream().flatMap(id -> ProcessHandle.of(id).stream()).toList();
  }

  ProcessHandle watchdog() {
    return processes().stream()
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
