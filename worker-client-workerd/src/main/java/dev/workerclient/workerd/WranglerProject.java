package dev.workerclient.workerd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How {@link WorkerdServer.Builder#fromWrangler} reads a configuration. Not thread-safe. */
public final class WranglerProject {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final String READER = "wrangler-project.mjs";

  /** Begins the lines that are for this class, among those that are wrangler's own. */
  private static final String PREFIX = "worker-client\t";

  private final Path config;
  private String environment = "";
  private @Nullable Path wrangler;
  private @Nullable Path node;

  WranglerProject(Path config) {
    this.config = config;
  }

  /** Sets the environment of the configuration, such as {@code staging}. Default: none. */
  public WranglerProject env(String environment) {
    this.environment = Objects.requireNonNull(environment, "environment");
    return this;
  }

  /**
   * Sets the wrangler to run: the folder that npm installed. Default: the one in {@code
   * node_modules} at or above the folder of the configuration, or else the working directory.
   */
  public WranglerProject wrangler(Path folder) {
    this.wrangler = Objects.requireNonNull(folder, "folder");
    return this;
  }

  /** Sets the Node.js program that runs wrangler. Default: {@code node} on the PATH. */
  public WranglerProject node(Path program) {
    this.node = Objects.requireNonNull(program, "program");
    return this;
  }

  /** Builds the Worker, and adds it with its bindings. */
  void addTo(Fleet fleet) {
    WranglerDevOptions.require(config);
    Wrangler tool = Wrangler.resolve(node, wrangler, config, Path.of(""));
    try {
      TemporaryFolder folder = TemporaryFolder.create("wrangler-project-");
      try {
        List<List<String>> records = read(tool, folder.path());
        Path dist = folder.path().resolve("dist");
        List<String> build =
            List.of(
                "deploy",
                "--dry-run",
                "--outdir=" + dist,
                "--config=" + config.toAbsolutePath(),
                "--env=" + environment);
        run(tool.command(build, folder.path(), folder.path()));
        add(fleet, records, dist);
      } finally {
        folder.delete();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("wrangler could not be run on " + config, e);
    }
  }

  private List<List<String>> run(ProcessBuilder command) throws IOException {
    List<List<String>> records = new CopyOnWriteArrayList<>();
    ServerProcess process =
        ServerProcess.startTree("wrangler", command, line -> take(line, records), null);
    boolean ended = process.awaitEnd(System.nanoTime() + LONGEST.toNanos());
    if (!ended) {
      throw process.startFailure(
          () -> "did not end within " + LONGEST, status -> "", "configuration " + config);
    }
    process.close();
    return records;
  }

  /** Keeps what is for this class out of the log, where it may be a secret. */
  private static @Nullable String take(String line, List<List<String>> records) {
    if (!line.startsWith(PREFIX)) {
      return WranglerOutput.withoutColors(line);
    }
    records.add(fields(line));
    return null;
  }

  /** Returns what wrangler's reader finds, if workerd has all of it. */
  private List<List<String>> read(Wrangler tool, Path folder) throws IOException {
    Path reader = Files.writeString(folder.resolve(READER), LocalService.resource(READER));
    List<String> arguments = List.of(config.toAbsolutePath().toString(), environment);
    List<List<String>> records = run(tool.program(reader, arguments, folder));
    String others = join(records, "other");
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          config
              + " has "
              + others
              + ", which WorkerdServer does not provide; use WranglerDevServer, or leave it to"
              + " another environment");
    }
    return records;
  }

  private static void add(Fleet fleet, List<List<String>> records, Path dist) throws IOException {
    List<String> first = records.get(0);
    String name = first.get(1);
    fleet.worker(
        name,
        worker -> {
          worker
              .modules(dist.resolve(first.get(2)))
              .compatibilityDate(first.get(3))
              .compatibilityFlags(first.subList(4, first.size()).toArray(new String[0]));
          records.forEach(record -> bind(worker, record));
          records.stream()
              .filter(record -> record.get(0).equals("consumer"))
              .forEach(record -> fleet.consumer(record.get(1), name));
        });
    fleet.keepCode(name);
  }

  private static void bind(WorkerDefinition worker, List<String> record) {
    String name = record.get(1);
    switch (record.get(0)) {
      case "text" -> worker.textBinding(name, record.get(2));
      case "json" -> worker.jsonBinding(name, record.get(2));
      case "service" -> {
        if (record.size() > 3) {
          worker.service(name, record.get(2), record.get(3));
        } else {
          worker.service(name, record.get(2));
        }
      }
      case "object" -> worker.durableObject(name, record.get(2), record.get(3));
      case "kv" -> worker.kvNamespace(name, record.get(2));
      case "r2" -> worker.r2Bucket(name, record.get(2));
      case "queue" -> worker.queue(name, record.get(2));
      default -> {
        // Not a binding.
      }
    }
  }

  private static String join(List<List<String>> records, String kind) {
    return records.stream()
        .filter(record -> record.get(0).equals(kind))
        .map(record -> record.get(1))
        .collect(Collectors.joining(", "));
  }

  private static List<String> fields(String line) {
    return Stream.of(line.substring(PREFIX.length()).split("\t", -1))
        .map(field -> URLDecoder.decode(field, StandardCharsets.UTF_8))
        .toList();
  }
}
