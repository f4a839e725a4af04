package dev.workerclient.workerd;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The real Workers runtime, for tests of one's own Worker: a {@code workerd serve} process, ready
 * some 30 to 200 ms after its start. Needs no Node while it runs. Thread-safe.
 *
 * <pre>{@code
 * try (WorkerdServer workerd =
 *     WorkerdServer.builder().script(Path.of("dist/index.js")).textBinding("TOKEN", "t0p").start()) {
 *   String url = workerd.url();
 *   …
 * }
 * }</pre>
 *
 * <p>A Worker that needs more than a script and texts, such as other services or Durable Objects,
 * has a configuration: {@link Builder#config}. A socket in it with {@code address = "127.0.0.1:0"}
 * gets a free port, which {@link #port(String)} tells.
 *
 * <p>The process is ended by {@link #close}, or else with the JVM: by a shutdown hook, and where
 * none runs, as in a JVM that is killed, by a shell that waits for that. Windows has the hook
 * alone.
 */
public final class WorkerdServer implements AutoCloseable {
  private static final String HTTP = "http";
  private static final Duration BETWEEN_SOCKETS = Duration.ofSeconds(1);

  private final WorkerdProcess process;
  private final long allListen = System.nanoTime() + BETWEEN_SOCKETS.toNanos();

  private WorkerdServer(WorkerdProcess process) {
    this.process = process;
  }

  /** Starts to set up a server. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Finds the workerd binary: what the system property {@code workerclient.workerd} names, or else
   * the one that npm installed in {@code node_modules} of a folder or of one above it.
   *
   * @param from the folder, or a file in it
   * @return empty where there is none
   */
  public static Optional<Path> findBinary(Path from) {
    return WorkerdBinary.find(from);
  }

  /**
   * Returns the port of the socket {@code http}, as that of a script is called, or else of the only
   * socket that there is. Since sockets begin to listen one after another, the latter is known a
   * second after the start, and waited for until then.
   *
   * @throws IllegalStateException if there are several and none is called so; the message lists
   *     them
   */
  public int port() {
    process.await(Set.of(HTTP), allListen);
    Set<String> sockets = process.sockets();
    if (!sockets.contains(HTTP) && sockets.size() > 1) {
      throw new IllegalStateException(
          "workerd has no socket \""
              + HTTP
              + "\", and listens on "
              + new TreeSet<>(sockets)
              + "; name the one that is meant: port(name) or url(name)");
    }
    return port(sockets.contains(HTTP) ? HTTP : sockets.iterator().next());
  }

  /**
   * Returns the port of the socket of that name in the configuration. Since sockets begin to listen
   * one after another, it is waited for until a second after the start.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that there are
   */
  public int port(String socket) {
    boolean listens = process.await(Set.of(socket), allListen);
    Integer port = process.port(socket);
    if (!listens || port == null) {
      throw new IllegalArgumentException(
          "workerd has no socket \""
              + socket
              + "\"; it listens on "
              + new TreeSet<>(process.sockets()));
    }
    return port;
  }

  /**
   * Returns {@code http://127.0.0.1:<port>} of the socket that {@link #port()} chooses.
   *
   * @throws IllegalStateException as {@link #port()}
   */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /**
   * Returns {@code http://127.0.0.1:<port>} of the socket of that name.
   *
   * @throws IllegalArgumentException as {@link #port(String)}
   */
  public String url(String socket) {
    return "http://127.0.0.1:" + port(socket);
  }

  /**
   * The last lines that workerd and its Workers printed: 500 at most, each cut to 2,000 letters.
   * What a Worker logs comes a moment after its answer: see {@link #awaitLog}.
   */
  public String log() {
    return process.log();
  }

  /**
   * Returns the first line of {@link #log} that holds a text, as soon as there is one. Lines that
   * are there already count, also those of calls before.
   *
   * @param text what to look for, within one line
   * @param atMost how long to wait; with zero it only looks
   * @throws IllegalArgumentException if the text is empty or has a line break
   * @throws AssertionError if no such line comes in that time, or before the process ends, or the
   *     thread is interrupted; the message quotes the log, as a failed test should
   */
  public String awaitLog(String text, Duration atMost) {
    if (!text.lines().toList().equals(List.of(text))) {
      throw new IllegalArgumentException(
          "awaitLog(text, …) looks at one line after another; give a text from within a line");
    }
    return process.awaitLine(text, atMost);
  }

  /**
   * Ends the process, by SIGTERM and after 5 seconds by force, and deletes what was written for it.
   * May be called more than once. {@link #log} keeps what was printed.
   */
  @Override
  public void close() {
    process.close();
  }

  @Override
  public String toString() {
    return "WorkerdServer" + new TreeSet<>(process.sockets());
  }

  /**
   * Sets up a {@link WorkerdServer}: {@link #config}, {@link #script} or {@link #scriptText} says
   * what it serves. Not thread-safe.
   */
  public static final class Builder {
    private final WorkerScript worker = new WorkerScript();
    private @Nullable Path config;
    private @Nullable Path binary;
    private Set<String> sockets = Set.of();
    private Duration startTimeout = Duration.ofSeconds(20);

    private Builder() {}

    /** Sets the configuration, a Cap'n Proto text file, with the Workers and sockets it names. */
    public Builder config(Path file) {
      this.config = file;
      return this;
    }

    /**
     * Sets the Worker's script: one ES module with all that it imports, as {@code wrangler deploy
     * --dry-run --outdir dist} and {@code esbuild --bundle --format=esm} write it. It is served on
     * a socket {@code http} at a free port of 127.0.0.1, and is read when the server starts. The
     * Worker's own {@code fetch} reaches public addresses alone, as workerd has it; for others,
     * write a configuration.
     */
    public Builder script(Path file) {
      worker.file(file);
      return this;
    }

    /**
     * Sets the Worker's script as {@link #script} does, given as a text. The name differs so that a
     * path given as a String is no JavaScript by mistake.
     */
    public Builder scriptText(String javaScript) {
      worker.text(javaScript);
      return this;
    }

    /**
     * Sets the script's compatibility date. 2026-04-21 unless set.
     *
     * @param date a day that the workerd binary knows, such as {@code 2026-04-21}
     * @throws IllegalArgumentException if it is no such day
     */
    public Builder compatibilityDate(String date) {
      worker.compatibilityDate(date);
      return this;
    }

    /** Sets the script's compatibility flags, such as {@code nodejs_compat}. None unless set. */
    public Builder compatibilityFlags(String... flags) {
      worker.compatibilityFlags(List.of(flags));
      return this;
    }

    /**
     * Gives the script a text as {@code env.NAME}, in the place of a variable or a secret. The last
     * text of a name counts.
     *
     * @throws IllegalArgumentException if the name is empty or one of the two is no Unicode
     */
    public Builder textBinding(String name, String text) {
      worker.bind(name, text);
      return this;
    }

    /**
     * Sets the workerd binary. Unless set, it is found as by {@link #findBinary}, from the working
     * directory and from the folder of the configuration or the script.
     */
    public Builder binary(Path file) {
      this.binary = file;
      return this;
    }

    /** Sets which sockets {@link #start} waits for. Unless set, it waits for the first. */
    public Builder awaitSockets(String... names) {
      this.sockets = Set.of(names);
      return this;
    }

    /**
     * Limits how long the start may take. 20 seconds unless set.
     *
     * @throws IllegalArgumentException if it is no time at all
     */
    public Builder startTimeout(Duration time) {
      if (time.isZero() || time.isNegative()) {
        throw new IllegalArgumentException(
            "startTimeout was given as " + time + "; give a time that workerd can start in");
      }
      this.startTimeout = time;
      return this;
    }

    /**
     * Starts workerd and returns when it listens. May be called again, for a further server.
     *
     * @throws IllegalArgumentException if there is nothing to serve, or both a configuration and a
     *     script, or the file given is not there, or the binary that was set can't be run
     * @throws IllegalStateException if no binary is found, which names the npm package to install,
     *     or workerd does not come up, which quotes what it said
     * @throws java.io.UncheckedIOException if the binary is none for this machine, or the folder
     *     for temporary files can't be written
     */
    public WorkerdServer start() {
      ServedConfig.require(config, worker);
      Path program = WorkerdBinary.resolve(binary, config == null ? worker.file() : config);
      long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(startTimeout);
      ServedConfig served = config == null ? ServedConfig.write(worker) : ServedConfig.of(config);
      WorkerdProcess process = WorkerdProcess.launch(program, served);
      if (!process.await(sockets, deadline)) {
        throw process.startFailure(sockets);
      }
      // All was read when the first socket listens: no secret stays on disk.
      served.delete();
      return new WorkerdServer(process);
    }
  }
}
