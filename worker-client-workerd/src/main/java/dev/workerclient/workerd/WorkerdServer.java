package dev.workerclient.workerd;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the real Workers runtime for tests of your Worker: a {@code workerd serve} process that is
 * ready about 30 to 200 ms after its start. Node.js is not needed while it runs. Thread-safe.
 *
 * <pre>{@code
 * try (WorkerdServer workerd =
 *     WorkerdServer.builder().script(Path.of("dist/index.js")).textBinding("TOKEN", "t0p").start()) {
 *   String url = workerd.url();
 *   …
 * }
 * }</pre>
 *
 * <p>Use {@link Builder#worker} to add several Workers, or one with other bindings, and {@link
 * Builder#bindingProxy} to add the binding proxy. For everything else, write a Cap'n Proto
 * configuration: {@link Builder#config}. A socket in it with {@code address = "127.0.0.1:0"} gets a
 * free port, which {@link #port(String)} returns.
 *
 * <p>{@link #close} ends the process. Otherwise it ends with the JVM: by a shutdown hook, or, if
 * the JVM is killed, by a shell that watches the JVM. On Windows there is only the hook.
 */
public final class WorkerdServer implements AutoCloseable {
  private static final String HTTP = "http";
  private static final Duration BETWEEN_SOCKETS = Duration.ofSeconds(1);

  private final ServerProcess process;
  private final WorkerdSockets sockets;
  private final long allListen = System.nanoTime() + BETWEEN_SOCKETS.toNanos();

  private WorkerdServer(ServerProcess process, WorkerdSockets sockets) {
    this.process = process;
    this.sockets = sockets;
  }

  /** Returns a new builder. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Finds the workerd binary: the file that the system property {@code workerclient.workerd} names,
   * or else the one that npm installed in {@code node_modules} of the folder or a parent of it.
   *
   * @param from the folder, or a file in it
   * @return empty if there is none
   */
  public static Optional<Path> findBinary(Path from) {
    return WorkerdBinary.find(Objects.requireNonNull(from, "from"));
  }

  /**
   * Returns the port of the socket {@code http}, which is the one that a script is served on, or
   * else of the only socket. Since sockets begin to listen one after another, this waits until a
   * second after the start for a socket {@code http}.
   *
   * @throws IllegalStateException if there are several sockets and none is named {@code http}; the
   *     message lists them
   */
  public int port() {
    process.await(() -> sockets.listen(Set.of(HTTP)), allListen);
    Set<String> names = sockets.names();
    if (!names.contains(HTTP) && names.size() > 1) {
      throw new IllegalStateException(
          "workerd has no socket \""
              + HTTP
              + "\", and listens on "
              + names
              + "; name the one that is meant: port(name) or url(name)");
    }
    return port(names.contains(HTTP) ? HTTP : names.iterator().next());
  }

  /**
   * Returns the port of a socket of the configuration. Since sockets begin to listen one after
   * another, this waits for it until a second after the start.
   *
   * @param socket its name in the configuration
   * @throws IllegalArgumentException if no socket of that name listens; the message lists those
   *     that do
   */
  public int port(String socket) {
    Objects.requireNonNull(socket, "socket");
    boolean listens = process.await(() -> sockets.listen(Set.of(socket)), allListen);
    Integer port = sockets.port(socket);
    if (!listens || port == null) {
      throw new IllegalArgumentException(
          "workerd has no socket \"" + socket + "\"; it listens on " + sockets.names());
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
   * Returns the last lines that workerd and its Workers printed: at most 500, each cut to 2,000
   * characters. A Worker's log lines may arrive shortly after its response: see {@link #awaitLog}.
   */
  public String log() {
    return process.log();
  }

  /**
   * Returns the first line of {@link #log} that contains a string, waiting for it if necessary.
   * Lines that were printed before count too, including those of earlier calls.
   *
   * @param text what to look for, within one line
   * @param atMost how long to wait; zero looks once
   * @throws IllegalArgumentException if the text is empty or has a line break
   * @throws AssertionError if no such line comes in that time or before the process ends, or if the
   *     thread is interrupted; the message quotes the log
   */
  public String awaitLog(String text, Duration atMost) {
    return process.awaitLog(text, atMost);
  }

  /**
   * Ends the process, by SIGTERM and after 5 seconds by force, and deletes its files. May be called
   * more than once. {@link #log} is still available afterwards.
   */
  @Override
  public void close() {
    process.close();
  }

  @Override
  public String toString() {
    return "WorkerdServer" + sockets.names();
  }

  /**
   * Builds a {@link WorkerdServer}. One of {@link #config}, {@link #script}, {@link #scriptText}
   * and {@link #worker} is required. Not thread-safe.
   */
  public static final class Builder {
    private final WorkerDefinition script = new WorkerDefinition("worker");
    private final Fleet fleet = new Fleet();
    private @Nullable Path config;
    private @Nullable Path binary;
    private Set<String> sockets = Set.of();
    private Duration startTimeout = Duration.ofSeconds(20);

    private Builder() {}

    /** Sets the configuration: a Cap'n Proto text file with the Workers and sockets to serve. */
    public Builder config(Path file) {
      this.config = Objects.requireNonNull(file, "file");
      return this;
    }

    /**
     * Sets the Worker's script: one ES module with all that it imports, as {@code wrangler deploy
     * --dry-run --outdir dist} and {@code esbuild --bundle --format=esm} write it. It is served on
     * a socket {@code http} at a free port of 127.0.0.1, and is read when the server starts. The
     * Worker's own {@code fetch} reaches only public addresses, which is workerd's default; to
     * reach others, write a configuration.
     */
    public Builder script(Path file) {
      script.script(file);
      return this;
    }

    /**
     * Sets the Worker's script as {@link #script} does, given as JavaScript source. The names
     * differ so that a path in a String is not taken for JavaScript.
     */
    public Builder scriptText(String javaScript) {
      script.scriptText(javaScript);
      return this;
    }

    /**
     * Sets the script's compatibility date. Default: 2026-04-21.
     *
     * @param date a day that the workerd binary knows, such as {@code 2026-04-21}
     * @throws IllegalArgumentException if it is not a day in that form
     */
    public Builder compatibilityDate(String date) {
      script.compatibilityDate(date);
      return this;
    }

    /** Sets the script's compatibility flags, such as {@code nodejs_compat}. Default: none. */
    public Builder compatibilityFlags(String... flags) {
      script.compatibilityFlags(flags);
      return this;
    }

    /**
     * Sets a string that the script reads as {@code env.NAME}: a variable or a secret. A later
     * string of the same name replaces it.
     *
     * @throws IllegalArgumentException if the name is empty, or one of the two holds half a
     *     surrogate pair
     */
    public Builder textBinding(String name, String text) {
      script.textBinding(name, text);
      return this;
    }

    /**
     * Adds a Worker, or configures an earlier one of the same name further. Workers may be added in
     * any order, and reach each other through their bindings; see {@link WorkerDefinition}. The
     * first one is served on the socket {@code http}.
     *
     * @param name by which other Workers bind it: letters, digits, {@code -} and {@code _}
     * @throws IllegalArgumentException if it is not such a name
     */
    public Builder worker(String name, Consumer<? super WorkerDefinition> setUp) {
      fleet.worker(Objects.requireNonNull(name, "name"), Objects.requireNonNull(setUp, "setUp"));
      return this;
    }

    /**
     * Adds the Worker of a wrangler.jsonc, wrangler.json or wrangler.toml, built and read by the
     * wrangler that npm installed; wrangler does not run when the Worker does. Variables (also of
     * {@code .dev.vars}), services, Durable Objects, KV, R2 and queues become its bindings. Its
     * name is the one in the configuration, by which {@link #worker} sets it up further.
     *
     * @throws IllegalArgumentException if it has other bindings, such as D1, which {@link
     *     WranglerDevServer} provides
     * @throws IllegalStateException if no wrangler or Node.js is found, or wrangler can't build the
     *     Worker (the message quotes its output)
     */
    public Builder fromWrangler(Path config) {
      return fromWrangler(config, project -> {});
    }

    /** Adds the Worker of a wrangler configuration as {@link #fromWrangler(Path)}, with options. */
    public Builder fromWrangler(Path config, Consumer<? super WranglerProject> options) {
      WranglerProject project = new WranglerProject(Objects.requireNonNull(config, "config"));
      Objects.requireNonNull(options, "options").accept(project);
      project.addTo(fleet);
      return this;
    }

    /**
     * Adds the binding proxy, which exposes bindings to Workers of this server. Its URL is {@link
     * WorkerdServer#url(String) url("binding-proxy")}. Its script is in the artifact {@code
     * dev.workerclient:worker-client-binding-proxy}, which must be on the class path.
     *
     * @param token what clients authenticate with: 32 to 1000 visible ASCII characters other than
     *     the comma
     * @throws IllegalArgumentException if the token is another one, or there is a proxy already
     */
    public Builder bindingProxy(String token, Consumer<? super BindingProxyDefinition> setUp) {
      fleet.bindingProxy(
          Objects.requireNonNull(token, "token"), Objects.requireNonNull(setUp, "setUp"));
      return this;
    }

    /**
     * Serves a Worker that was added by {@link #worker} on a socket of its own, whose address is
     * {@link WorkerdServer#url(String) url(name)}. With the name {@code http}, it replaces the
     * first Worker there.
     *
     * @throws IllegalArgumentException if the name of the socket is empty
     */
    public Builder socket(String name, String worker) {
      fleet.socket(Objects.requireNonNull(name, "name"), Objects.requireNonNull(worker, "worker"));
      return this;
    }

    /**
     * Sets the workerd binary. Default: what {@link #findBinary} finds from the working directory
     * or else from the folder of the configuration or the script.
     */
    public Builder binary(Path file) {
      this.binary = Objects.requireNonNull(file, "file");
      return this;
    }

    /**
     * Sets which sockets {@link #start} waits for. Default: the first that listens, or those of all
     * Workers that were added by {@link #worker} and {@link #socket}.
     */
    public Builder awaitSockets(String... names) {
      this.sockets = Set.copyOf(list(names, "names"));
      return this;
    }

    /**
     * Limits how long the start may take. Default: 20 seconds.
     *
     * @throws IllegalArgumentException if the time is zero or negative
     */
    public Builder startTimeout(Duration time) {
      Objects.requireNonNull(time, "time");
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
     *     script, or a file does not exist, or a binding leads to a Worker that was not added, or
     *     the binary that was set can't be run
     * @throws IllegalStateException if no binary is found (the message names the npm package to
     *     install), or no script of the binding proxy (the message names the artifact), or workerd
     *     does not start (the message quotes its output)
     * @throws java.io.UncheckedIOException if the binary does not fit this machine, or the folder
     *     for temporary files can't be written
     */
    public WorkerdServer start() {
      ServedConfig.require(config, script, fleet);
      Path program = WorkerdBinary.resolve(binary, config == null ? script.code().file() : config);
      long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(startTimeout);
      ServedConfig served = ServedConfig.of(config, script, fleet);
      Set<String> awaited =
          sockets.isEmpty() && fleet.sockets().size() > 1 ? fleet.sockets() : sockets;
      WorkerdSockets listening = new WorkerdSockets(awaited);
      ServerProcess process = served.start(program, listening);
      if (!process.await(() -> listening.listen(awaited), deadline)) {
        throw process.startFailure(listening::unready, listening::hint, served.toString());
      }
      // All was read when the first socket listens: no secret stays on disk.
      served.deleteRead();
      return new WorkerdServer(process, listening);
    }

    private static List<String> list(String[] values, String parameter) {
      for (String value : Objects.requireNonNull(values, parameter)) {
        Objects.requireNonNull(value, parameter);
      }
      return List.of(values);
    }
  }
}
