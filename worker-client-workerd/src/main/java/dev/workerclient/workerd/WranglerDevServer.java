package dev.workerclient.workerd;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code wrangler dev}, for tests of Workers with all that wrangler provides locally: D1, KV, R2,
 * queues, Durable Objects, assets, and the build from TypeScript. It is ready 3 to 8 seconds after
 * its start; {@link WorkerdServer}, which takes a bundle, is faster. Needs Node.js and the npm
 * package wrangler. Thread-safe.
 *
 * <pre>{@code
 * try (WranglerDevServer shop =
 *     WranglerDevServer.builder().config(Path.of("shop/wrangler.jsonc")).start()) {
 *   String url = shop.url();
 *   …
 * }
 * }</pre>
 *
 * <p>A server shares nothing with others, unless you set {@link Builder#registry} or {@link
 * Builder#persistTo}: it has a free port and stored data of its own, which is deleted at its end,
 * and finds no other {@code wrangler dev} on this machine. It needs no account or network; bindings
 * with {@code "remote": true} are local ones.
 *
 * <p>{@link #close} ends wrangler and all that it started. Otherwise they end with the JVM: by a
 * shutdown hook, or, if the JVM is killed and runs no hook, by a shell that watches the JVM. On
 * Windows there is only the hook.
 */
public final class WranglerDevServer implements AutoCloseable {
  private final ServerProcess process;
  private final String url;
  private final int port;

  private WranglerDevServer(ServerProcess process, String url, int port) {
    this.process = process;
    this.url = url;
    this.port = port;
  }

  /** Starts to set up a server. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns {@code http://127.0.0.1:<port>}, the address of the first configuration's Worker. */
  public String url() {
    return url;
  }

  /** Returns the port of {@link #url}. */
  public int port() {
    return port;
  }

  /**
   * Returns the last lines that wrangler and the Workers printed, without colors: at most 500, each
   * cut to 2,000 characters. What a Worker logs comes shortly after its response: see {@link
   * #awaitLog}.
   */
  public String log() {
    return process.log();
  }

  /**
   * Returns the first line of {@link #log} that contains a text, as soon as there is one. Lines
   * that were printed before count too, also those of earlier calls.
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
   * Ends wrangler and all processes that it started, by SIGTERM and after 5 seconds by force, and
   * deletes the data of this server. May be called more than once. {@link #log} keeps what was
   * printed.
   */
  @Override
  public void close() {
    process.close();
  }

  @Override
  public String toString() {
    return "WranglerDevServer[" + url + "]";
  }

  /**
   * Sets up a {@link WranglerDevServer}. {@link #config} is required; the other options are those
   * of {@code wrangler dev} with the same name. Not thread-safe.
   */
  public static final class Builder {
    private final WranglerDevOptions options = new WranglerDevOptions();
    private @Nullable Path wrangler;
    private @Nullable Path node;
    private Duration startTimeout = Duration.ofSeconds(60);

    private Builder() {}

    /**
     * Sets the configuration files: wrangler.jsonc, wrangler.json or wrangler.toml. With several,
     * one wrangler runs all these Workers, which reach each other over their service bindings; the
     * first is served at {@link WranglerDevServer#url}.
     */
    public Builder config(Path first, Path... others) {
      List<Path> files = new ArrayList<>();
      files.add(Objects.requireNonNull(first, "first"));
      for (Path other : Objects.requireNonNull(others, "others")) {
        files.add(Objects.requireNonNull(other, "others"));
      }
      options.configs(files);
      return this;
    }

    /** Sets the environment of all the configurations to run, such as {@code staging}. */
    public Builder env(String environment) {
      options.environment(Objects.requireNonNull(environment, "environment"));
      return this;
    }

    /**
     * Sets a variable that the first configuration's Worker reads as {@code env.NAME}; it replaces
     * the one in the configuration. Other users of this machine can see it among wrangler's
     * arguments; a secret belongs into {@code .dev.vars} beside the configuration.
     *
     * @throws IllegalArgumentException if the name is empty or has a colon, or the value has a NUL
     */
    public Builder var(String name, String value) {
      options.variable(
          Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * Sets the port to listen on. Default: 0, a free one.
     *
     * @throws IllegalArgumentException if it is not between 0 and 65535
     */
    public Builder port(int port) {
      options.port(port);
      return this;
    }

    /**
     * Sets the folder in which servers tell each other their addresses. Give two servers the same
     * folder, and the service bindings and Durable Object bindings of one reach the Workers of the
     * other, as soon as both run. Default: a temporary folder of this server alone.
     */
    public Builder registry(Path folder) {
      options.registry(Objects.requireNonNull(folder, "folder"));
      return this;
    }

    /**
     * Sets the folder in which D1, KV, R2 and Durable Objects keep their data. Default: a temporary
     * folder of this server alone, which is empty at its start and deleted at its end.
     */
    public Builder persistTo(Path folder) {
      options.persistTo(Objects.requireNonNull(folder, "folder"));
      return this;
    }

    /**
     * Sets the wrangler to run: the folder that npm installed, such as {@code
     * node_modules/wrangler}. Default: the one in {@code node_modules} at or above the folder of
     * the first configuration, or else the working directory.
     */
    public Builder wrangler(Path folder) {
      this.wrangler = Objects.requireNonNull(folder, "folder");
      return this;
    }

    /** Sets the Node.js program that runs wrangler. Default: {@code node} on the PATH. */
    public Builder node(Path program) {
      this.node = Objects.requireNonNull(program, "program");
      return this;
    }

    /**
     * Limits how long the start may take. Default: 60 seconds.
     *
     * @throws IllegalArgumentException if the time is zero or negative
     */
    public Builder startTimeout(Duration time) {
      Objects.requireNonNull(time, "time");
      if (time.isZero() || time.isNegative()) {
        throw new IllegalArgumentException(
            "startTimeout was given as " + time + "; give a time that wrangler can start in");
      }
      this.startTimeout = time;
      return this;
    }

    /**
     * Starts wrangler and returns when the first Worker answers requests. May be called again, for
     * a further server.
     *
     * @throws IllegalArgumentException if no configuration was set, one of them can't be read, or
     *     the wrangler or Node.js that was set can't be run
     * @throws IllegalStateException if no wrangler or Node.js is found (the message says what to
     *     install), or wrangler does not start the Workers (the message quotes its output)
     * @throws java.io.UncheckedIOException if the program does not fit this machine, or the folder
     *     for temporary files can't be written
     */
    public WranglerDevServer start() {
      Path config = options.require();
      Wrangler tool = Wrangler.resolve(node, wrangler, config, Path.of(""));
      long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(startTimeout);
      WranglerOutput output = new WranglerOutput();
      ServerProcess process = options.start(tool, output);
      boolean decided = process.await(output::decided, deadline);
      String url = output.url();
      if (!decided || url == null) {
        throw process.startFailure(output::unready, status -> "", options.toString());
      }
      return new WranglerDevServer(process, url, output.port());
    }
  }
}
