package dev.workerclient.mockserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The real Workers runtime, for tests of one's own Worker: a {@code workerd serve} process, ready
 * some 50 to 200 ms after its start. Needs no Node while it runs. Thread-safe.
 *
 * <p>A socket in the configuration with {@code address = "127.0.0.1:0"} gets a free port, which
 * {@link #port} tells. The process is ended by {@link #close}, and by a shutdown hook where the JVM
 * ends before.
 *
 * <pre>{@code
 * try (WorkerdServer workerd = WorkerdServer.builder().config(Path.of("config.capnp")).start()) {
 *   String url = workerd.url("http");
 *   …
 * }
 * }</pre>
 */
public final class WorkerdServer implements AutoCloseable {
  private static final Duration TIME_TO_STOP = Duration.ofSeconds(5);

  private final Process process;
  private final WorkerdOutput output;
  private final Thread killAtExit;
  private final long startDeadline;

  private WorkerdServer(Process process, long startDeadline) {
    this.process = process;
    this.startDeadline = startDeadline;
    this.output = new WorkerdOutput(process);
    this.killAtExit = new Thread(process::destroyForcibly, "workerd-kill-at-exit");
    Runtime.getRuntime().addShutdownHook(killAtExit);
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
   * Returns the port of the socket of that name in the configuration, waiting for it to listen for
   * as long as the start may take.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that there are
   */
  public int port(String socket) {
    boolean listens = await(Set.of(socket));
    Integer port = output.port(socket);
    if (!listens || port == null) {
      throw new IllegalArgumentException(
          "workerd has no socket \""
              + socket
              + "\"; it listens on "
              + new TreeSet<>(output.sockets()));
    }
    return port;
  }

  /**
   * Returns {@code http://127.0.0.1:<port>} of the socket of that name.
   *
   * @throws IllegalArgumentException as {@link #port}
   */
  public String url(String socket) {
    return "http://127.0.0.1:" + port(socket);
  }

  /**
   * The last lines that workerd and its Workers printed: 500 at most, each cut to 2,000 letters.
   */
  public String log() {
    return output.log();
  }

  /** Ends the process: by SIGTERM, and after 5 seconds by force. May be called more than once. */
  @Override
  public void close() {
    // Through the handle, which leaves the output open: the last words are read too.
    process.toHandle().destroy();
    try {
      if (!process.waitFor(TIME_TO_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.toHandle().destroyForcibly();
        process.waitFor();
      }
      output.awaitEnd(TIME_TO_STOP);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(killAtExit);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook with it.
    }
  }

  private boolean await(Set<String> sockets) {
    try {
      return output.awaitSockets(sockets, Duration.ofNanos(startDeadline - System.nanoTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Outputs end a moment before the process, whose status is awaited then. */
  private boolean hasEndedByItself() {
    try {
      return output.awaitEnd(Duration.ZERO)
          && process.waitFor(TIME_TO_STOP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Closes the process and says what it said itself. */
  private IllegalStateException failure(Path config, Set<String> sockets) {
    boolean running = !hasEndedByItself();
    close();
    return new IllegalStateException(
        "workerd "
            + (running
                ? "listened on " + new TreeSet<>(output.sockets()) + " alone in the time given"
                : "ended with status " + process.exitValue())
            + (sockets.isEmpty() ? "" : ", awaited were " + new TreeSet<>(sockets))
            + "; configuration "
            + config
            + "; it printed:\n"
            + log());
  }

  @Override
  public String toString() {
    return "WorkerdServer" + new TreeSet<>(output.sockets());
  }

  /** Sets up a {@link WorkerdServer}. Not thread-safe. */
  public static final class Builder {
    private @Nullable Path config;
    private @Nullable Path binary;
    private Set<String> sockets = Set.of();
    private Duration startTimeout = Duration.ofSeconds(20);

    private Builder() {}

    /** Sets the configuration, a Cap'n Proto text file. Required. */
    public Builder config(Path file) {
      this.config = file;
      return this;
    }

    /**
     * Sets the workerd binary. Unless set, it is found as by {@link #findBinary}, from the working
     * directory and from the configuration's folder.
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

    /** Limits how long the start may take. 20 seconds unless set. */
    public Builder startTimeout(Duration time) {
      this.startTimeout = time;
      return this;
    }

    /**
     * Starts workerd and returns when it listens.
     *
     * @throws IllegalArgumentException if no configuration was set or is there, or the binary that
     *     was set can't be run
     * @throws IllegalStateException if no binary is found, which names the npm package to install,
     *     or workerd does not come up, which quotes what it said
     */
    public WorkerdServer start() {
      if (config == null || !Files.isReadable(config)) {
        throw new IllegalArgumentException(
            "workerd's configuration was given as " + config + "; set config(path) to a file");
      }
      Path program =
          binary == null
              ? WorkerdBinary.find(Path.of(""), config).orElseThrow(WorkerdBinary::notFound)
              : binary;
      long deadline = System.nanoTime() + startTimeout.toNanos();
      WorkerdServer server =
          new WorkerdServer(launch(WorkerdBinary.require(program), config), deadline);
      if (!server.await(sockets)) {
        throw server.failure(config, sockets);
      }
      return server;
    }

    private static Process launch(Path program, Path config) {
      try {
        return new ProcessBuilder(
                program.toAbsolutePath().toString(), "serve", "--control-fd=1", config.toString())
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException("workerd could not be started from " + program, e);
      }
    }
  }
}
