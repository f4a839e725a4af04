package dev.workerclient.workerd;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Configures a Worker of a {@link WorkerdServer}: its script and its bindings in {@code env}. One
 * of {@link #script}, {@link #scriptText} and {@link #modules} is required. Not thread-safe.
 *
 * <pre>{@code
 * WorkerdServer.builder()
 *     .worker(
 *         "orders",
 *         orders ->
 *             orders
 *                 .script(Path.of("orders/dist/index.js"))
 *                 .textBinding("CURRENCY", "EUR")
 *                 .service("CATALOG", "catalog")
 *                 .durableObject("CARTS", "Cart")
 *                 .kvNamespace("SESSIONS", "sessions"))
 *     .worker("catalog", catalog -> catalog.script(Path.of("catalog/dist/index.js")))
 * }</pre>
 *
 * <p>Stored data is deleted when the server is closed. KV, R2 and queues are simulated by small
 * Workers in this module; {@link WranglerDevServer} uses wrangler's own, and also supports D1 and
 * assets.
 */
public final class WorkerDefinition {
  static final String DEFAULT_DATE = "2026-04-21";

  private final String name;
  private final WorkerCode code = new WorkerCode();
  private final Map<String, WorkerBinding> bindings = new LinkedHashMap<>();
  private String date = DEFAULT_DATE;
  private List<String> flags = List.of();
  private boolean hasSettings;
  private String outbound = "internet";

  WorkerDefinition(String name) {
    this.name = name;
  }

  /**
   * Sets the Worker's script: one ES module with everything that it imports, as {@code wrangler
   * deploy --dry-run --outdir dist} and {@code esbuild --bundle --format=esm} write it. It is read
   * when the server starts. The Worker's own {@code fetch} reaches only public addresses.
   */
  public WorkerDefinition script(Path file) {
    code.file(Objects.requireNonNull(file, "file"));
    return this;
  }

  /** Sets the Worker's script like {@link #script}, as JavaScript source. */
  public WorkerDefinition scriptText(String javaScript) {
    code.text(Objects.requireNonNull(javaScript, "javaScript"));
    return this;
  }

  /**
   * Sets the Worker's main module, which may import the files in its folder and the folders below:
   * {@code .js} and {@code .mjs} as ES modules, {@code .cjs} as CommonJS, {@code .wasm}, {@code
   * .txt}, {@code .html} and {@code .sql} as strings, {@code .bin} as an ArrayBuffer. These are
   * wrangler's default rules, so this takes what {@code wrangler deploy --dry-run --outdir dist}
   * writes for a Worker with such files.
   */
  public WorkerDefinition modules(Path main) {
    code.modules(Objects.requireNonNull(main, "main"));
    return this;
  }

  /**
   * Sets the compatibility date. Default: 2026-04-21.
   *
   * @param date a day that the workerd binary knows, such as {@code 2026-04-21}
   * @throws IllegalArgumentException if it is not a day in that form
   */
  public WorkerDefinition compatibilityDate(String date) {
    Objects.requireNonNull(date, "date");
    if (!isDay(date)) {
      throw new IllegalArgumentException(
          "the compatibility date was given as \"" + date + "\"; write a day as " + DEFAULT_DATE);
    }
    this.date = date;
    hasSettings = true;
    return this;
  }

  /** Sets the compatibility flags, such as {@code nodejs_compat}. Default: none. */
  public WorkerDefinition compatibilityFlags(String... flags) {
    Objects.requireNonNull(flags, "flags");
    for (String flag : flags) {
      Objects.requireNonNull(flag, "flags");
    }
    this.flags = Stream.of(flags).map(CapnpText::quote).toList();
    hasSettings = true;
    return this;
  }

  /** Binds a string: a variable or a secret. */
  public WorkerDefinition textBinding(String name, String text) {
    return bind(name, WorkerBinding.Text.text(Objects.requireNonNull(text, "text")));
  }

  /** Binds a JSON value: a variable that is not a string. */
  public WorkerDefinition jsonBinding(String name, String json) {
    return bind(name, WorkerBinding.Text.json(Objects.requireNonNull(json, "json")));
  }

  /** Binds another Worker of this server, or this one, by its default entrypoint. */
  public WorkerDefinition service(String name, String worker) {
    return bind(name, new WorkerBinding.Service(Objects.requireNonNull(worker, "worker"), null));
  }

  /**
   * Binds a named entrypoint of a Worker: a class that it exports.
   *
   * @param entrypoint the class; for the default entrypoint use {@link #service(String, String)}
   */
  public WorkerDefinition service(String name, String worker, String entrypoint) {
    Objects.requireNonNull(entrypoint, "entrypoint");
    if (entrypoint.isEmpty() || entrypoint.equals("default")) {
      throw new IllegalArgumentException(
          "the entrypoint was given as \""
              + entrypoint
              + "\"; for the default entrypoint call service(name, worker)");
    }
    return bind(
        name, new WorkerBinding.Service(Objects.requireNonNull(worker, "worker"), entrypoint));
  }

  /** Binds the Durable Objects of a class that this Worker exports, with SQLite storage. */
  public WorkerDefinition durableObject(String name, String className) {
    return durableObject(name, className, this.name);
  }

  /** Binds the Durable Objects of a class that another Worker of this server exports. */
  public WorkerDefinition durableObject(String name, String className, String worker) {
    return bind(
        name,
        new WorkerBinding.DurableObject(
            Objects.requireNonNull(worker, "worker"),
            Objects.requireNonNull(className, "className")));
  }

  /**
   * Binds a KV namespace.
   *
   * @param namespace Workers with the same namespace share its data
   */
  public WorkerDefinition kvNamespace(String name, String namespace) {
    return local(name, LocalService.Kind.KV, Objects.requireNonNull(namespace, "namespace"), null);
  }

  /**
   * Binds an R2 bucket: {@code put}, {@code get} (also of a range), {@code head}, {@code delete}
   * and {@code list}, without conditions and multipart uploads.
   *
   * @param bucket Workers with the same bucket share its objects
   */
  public WorkerDefinition r2Bucket(String name, String bucket) {
    return local(name, LocalService.Kind.R2, Objects.requireNonNull(bucket, "bucket"), null);
  }

  /**
   * Binds a queue to send to. Its consumer gets each message immediately, or after its delay, in
   * batches of at most 10, with up to 3 retries.
   *
   * @param queue its name, which the consumer reads as {@code batch.queue}
   * @param consumer the Worker of this server with the {@code queue} handler
   */
  public WorkerDefinition queue(String name, String queue, String consumer) {
    return local(
        name,
        LocalService.Kind.QUEUE,
        Objects.requireNonNull(queue, "queue"),
        Objects.requireNonNull(consumer, "consumer"));
  }

  /** Binds a queue whose consumer the fleet knows, if it has one. */
  WorkerDefinition queue(String name, String queue) {
    return local(name, LocalService.Kind.QUEUE, queue, null);
  }

  private WorkerDefinition local(
      String name, LocalService.Kind kind, String id, @Nullable String consumer) {
    return bind(name, new WorkerBinding.Local(new LocalService(kind, id, consumer)));
  }

  private WorkerDefinition bind(String name, WorkerBinding binding) {
    if (Objects.requireNonNull(name, "name").isEmpty()) {
      throw new IllegalArgumentException(
          "a binding was given without a name; give the one by which the Worker finds it in env");
    }
    CapnpText.quote(name);
    bindings.put(name, binding);
    hasSettings = true;
    return this;
  }

  /** Keeps it from all addresses that are not bound. */
  void withoutNetwork() {
    outbound = Fleet.NOWHERE;
  }

  WorkerCode code() {
    return code;
  }

  boolean hasSettings() {
    return hasSettings;
  }

  Map<String, WorkerBinding> bindings() {
    return bindings;
  }

  /**
   * Writes the modules into a folder, and returns a struct {@code Worker} of workerd's
   * configuration.
   *
   * @param classes the Durable Object classes of it that any Worker binds
   */
  String write(Path folder, String prefix, Set<String> classes, List<Path> written)
      throws IOException {
    String objects =
        new TreeSet<>(classes)
            .stream()
                .map(
                    type ->
                        "(className = %s, uniqueKey = %s, enableSql = true)"
                            .formatted(CapnpText.quote(type), CapnpText.quote(name + "-" + type)))
                .collect(Collectors.joining(", "));
    return """
    (
      modules = [%s],
      compatibilityDate = %s,
      compatibilityFlags = [%s],
      bindings = [%s],
      durableObjectNamespaces = [%s],
      durableObjectStorage = (%s),
      globalOutbound = "%s",
    )"""
        .formatted(
            code.write(folder, prefix, written),
            CapnpText.quote(date),
            String.join(", ", flags),
            bindings.entrySet().stream()
                .map(
                    e ->
                        "(name = "
                            + CapnpText.quote(e.getKey())
                            + ", "
                            + e.getValue().capnp()
                            + ")")
                .collect(Collectors.joining(", ")),
            objects,
            classes.isEmpty() ? "none = void" : "localDisk = \"" + Fleet.DISK + "\"",
            outbound);
  }

  private static boolean isDay(String text) {
    try {
      int year = LocalDate.parse(text).getYear();
      return year > 0 && year < 10_000;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
