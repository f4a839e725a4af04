package dev.workerclient.workerd;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Configures the binding proxy of a {@link WorkerdServer} and the bindings that it exposes, which
 * are also listed in its variable {@code BINDINGS}. Not thread-safe.
 *
 * <pre>{@code
 * WorkerdServer.builder()
 *     .worker("orders", orders -> orders.script(Path.of("orders/dist/index.js")))
 *     .bindingProxy(
 *         token,
 *         proxy -> proxy.service("ORDERS", "orders").methods("ORDERS", "place", "find"))
 * }</pre>
 */
public final class BindingProxyDefinition {
  static final String NAME = "binding-proxy";

  private static final String LIST = "BINDINGS";
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x2b\\x2d-\\x7e]{32,1000}");

  private final WorkerDefinition worker;
  private final Map<String, String> kinds = new LinkedHashMap<>();
  private final Map<String, String> healthPaths = new LinkedHashMap<>();
  private final Map<String, List<String>> methods = new LinkedHashMap<>();
  private boolean listIsGiven;
  private boolean scriptIsGiven;

  BindingProxyDefinition(WorkerDefinition worker, String token) {
    if (!TOKEN.matcher(token).matches()) {
      throw new IllegalArgumentException(
          "the token of the binding proxy has "
              + token.length()
              + " characters; give 32 to 1000 visible ASCII characters, without spaces and commas");
    }
    this.worker = worker;
    worker.textBinding("PROXY_TOKEN", token);
    worker.withoutNetwork();
  }

  /** Exposes the default entrypoint of a Worker of this server. */
  public BindingProxyDefinition service(String name, String worker) {
    this.worker.service(name, worker);
    return lend(name, "service");
  }

  /** Exposes a named entrypoint of a Worker of this server. */
  public BindingProxyDefinition service(String name, String worker, String entrypoint) {
    this.worker.service(name, worker, entrypoint);
    return lend(name, "service");
  }

  /** Exposes the Durable Objects of a class that a Worker of this server exports. */
  public BindingProxyDefinition durableObject(String name, String className, String worker) {
    this.worker.durableObject(name, className, worker);
    return lend(name, "durable-object");
  }

  /** Exposes a queue, to send to by RPC. Sets up the queue like {@link WorkerDefinition#queue}. */
  public BindingProxyDefinition queue(String name, String queue, String consumer) {
    worker.queue(name, queue, consumer);
    methods.putIfAbsent(name, List.of("send"));
    return lend(name, "queue");
  }

  /** Sets the methods of a binding that may be called by RPC. Default: none; for a queue, send. */
  public BindingProxyDefinition methods(String name, String... methods) {
    Objects.requireNonNull(name, "name");
    for (String method : Objects.requireNonNull(methods, "methods")) {
      Objects.requireNonNull(method, "methods");
    }
    this.methods.put(name, List.of(methods));
    return this;
  }

  /** Sets the path of a service that a diagnosis requests, such as {@code /v1/health}. */
  public BindingProxyDefinition healthPath(String name, String path) {
    healthPaths.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(path, "path"));
    return this;
  }

  /** Sets another variable of the proxy, such as {@code EXPOSE_ERRORS}. */
  public BindingProxyDefinition textBinding(String name, String text) {
    worker.textBinding(name, text);
    return this;
  }

  /**
   * Sets another variable of the proxy, such as {@code TOKEN_SCOPES}. {@code BINDINGS} replaces the
   * list that is generated from the bindings.
   */
  public BindingProxyDefinition jsonBinding(String name, String json) {
    worker.jsonBinding(name, json);
    listIsGiven |= name.equals(LIST);
    return this;
  }

  /**
   * Sets the proxy's bundle, {@code dist/binding-proxy.js}. Default: the one in the artifact {@code
   * dev.workerclient:worker-client-binding-proxy} on the class path.
   */
  public BindingProxyDefinition script(Path file) {
    worker.script(file);
    scriptIsGiven = true;
    return this;
  }

  private BindingProxyDefinition lend(String name, String kind) {
    kinds.put(name, kind);
    return this;
  }

  /** Completes the Worker by what follows from the rest. */
  void complete() {
    Stream.of(methods, healthPaths)
        .flatMap(settings -> settings.keySet().stream())
        .filter(name -> !kinds.containsKey(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "methods or healthPath was given for "
                      + name
                      + ", which the binding proxy does not lend; it lends "
                      + kinds.keySet());
            });
    if (!listIsGiven) {
      worker.jsonBinding(LIST, list());
    }
    if (!scriptIsGiven) {
      worker.scriptText(BindingProxyBundle.read());
    }
  }

  private String list() {
    return kinds.entrySet().stream()
        .map(lent -> Json.string(lent.getKey()) + ": " + entry(lent.getKey(), lent.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private String entry(String name, String kind) {
    StringBuilder entry = new StringBuilder("{\"kind\": " + Json.string(kind));
    String path = healthPaths.get(name);
    if (path != null) {
      entry.append(", \"healthPath\": ").append(Json.string(path));
    }
    List<String> listed = methods.get(name);
    if (listed != null) {
      entry.append(
          listed.stream()
              .map(Json::string)
              .collect(Collectors.joining(", ", ", \"methods\": [", "]")));
    }
    return entry.append('}').toString();
  }
}
