package dev.workerclient.workerd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Workers of one server, and the sockets that some of them are served on. Not thread-safe. */
final class Fleet {
  /** A service that answers nothing, for a Worker that should reach its bindings alone. */
  static final String NOWHERE = "nowhere:";

  /** Where Durable Objects keep their data: in memory, workerd has no SQL for them. */
  static final String DISK = "disk:";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

  private final Map<String, WorkerDefinition> workers = new LinkedHashMap<>();
  private final Map<String, String> sockets = new LinkedHashMap<>();
  private final Map<String, String> consumers = new LinkedHashMap<>();
  private @Nullable BindingProxyDefinition proxy;

  /** Returns one that serves a single Worker. */
  static Fleet of(String name, WorkerDefinition worker) {
    Fleet fleet = new Fleet();
    fleet.workers.put(name, worker);
    return fleet;
  }

  /** Adds a Worker, or sets up further the one of that name. */
  void worker(String name, Consumer<? super WorkerDefinition> setUp) {
    if (!NAME.matcher(name).matches() || name.equals("internet")) {
      throw new IllegalArgumentException(
          "a Worker was given the name \""
              + name
              + "\"; use letters, digits, - and _ (\"internet\" is reserved by workerd)");
    }
    setUp.accept(workers.computeIfAbsent(name, WorkerDefinition::new));
  }

  /** Adds the binding proxy, on a socket of its own. */
  void bindingProxy(String token, Consumer<? super BindingProxyDefinition> setUp) {
    if (workers.containsKey(BindingProxyDefinition.NAME)) {
      throw new IllegalArgumentException(
          "a Worker \"" + BindingProxyDefinition.NAME + "\" was added already; add it once");
    }
    WorkerDefinition worker = new WorkerDefinition(BindingProxyDefinition.NAME);
    BindingProxyDefinition definition = new BindingProxyDefinition(worker, token);
    setUp.accept(definition);
    proxy = definition;
    workers.put(BindingProxyDefinition.NAME, worker);
  }

  /** Reads the modules of a Worker now. */
  void keepCode(String name) throws IOException {
    WorkerDefinition worker = workers.get(name);
    if (worker != null) {
      worker.code().keep();
    }
  }

  /** Sets the consumer of a queue for the Workers that name none. */
  void consumer(String queue, String worker) {
    consumers.put(queue, worker);
  }

  void socket(String name, String worker) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a socket was given without a name");
    }
    sockets.put(name, worker);
  }

  boolean isGiven() {
    return !workers.isEmpty() || !sockets.isEmpty();
  }

  /** Returns the names of the sockets, of which {@code http} leads to the first Worker. */
  Set<String> sockets() {
    return allSockets().keySet();
  }

  /** Checks what can be checked before anything is written. */
  void require() {
    if (proxy != null) {
      proxy.complete();
    }
    workers.forEach(
        (name, worker) -> {
          if (!worker.code().isGiven()) {
            throw new IllegalArgumentException(
                "the Worker \""
                    + name
                    + "\" has no script; set script(file), scriptText(text) or modules(main)");
          }
          worker.code().require();
          worker
              .bindings()
              .forEach(
                  (binding, to) ->
                      requireWorker(
                          "the binding " + binding + " of \"" + name + "\"", to.worker()));
        });
    allSockets().forEach((socket, worker) -> requireWorker("the socket " + socket, worker));
    Map<String, LocalService> queues = new LinkedHashMap<>();
    for (LocalService service : localServices()) {
      LocalService same = queues.putIfAbsent(service.name(), service);
      if (same != null) {
        throw new IllegalArgumentException(
            "the queue \""
                + service.id()
                + "\" was given the consumers \""
                + same.consumer()
                + "\" and \""
                + service.consumer()
                + "\"; give it one");
      }
    }
  }

  private void requireWorker(String from, @Nullable String worker) {
    if (worker != null && !workers.containsKey(worker)) {
      throw new IllegalArgumentException(
          from
              + " leads to the Worker \""
              + worker
              + "\", which is not one of "
              + workers.keySet()
              + "; add it by worker(name, …)");
    }
  }

  private Map<String, String> allSockets() {
    Map<String, String> all = new LinkedHashMap<>();
    for (String worker : workers.keySet()) {
      if (proxy != null && worker.equals(BindingProxyDefinition.NAME)) {
        all.put(worker, worker);
      } else {
        all.putIfAbsent("http", worker);
      }
    }
    all.putAll(sockets);
    return all;
  }

  private Set<LocalService> localServices() {
    Map<String, String> known = new LinkedHashMap<>(consumers);
    boundServices()
        .forEach(
            service -> {
              String consumer = service.consumer();
              if (consumer != null) {
                known.putIfAbsent(service.id(), consumer);
              }
            });
    return boundServices()
        .map(service -> service.consumedBy(known.get(service.id())))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private Stream<LocalService> boundServices() {
    return workers.values().stream()
        .flatMap(worker -> worker.bindings().values().stream())
        .flatMap(
            binding ->
                binding instanceof WorkerBinding.Local local
                    ? Stream.of(local.service())
                    : Stream.empty());
  }

  /** Whether workerd needs {@code --experimental} for it. */
  boolean isExperimental() {
    return localServices().stream().anyMatch(LocalService::isExperimental);
  }

  /**
   * Writes the configuration and, beside it, the modules; adds the files to the list, and returns
   * the configuration.
   */
  Path write(Path folder, List<Path> written) throws IOException {
    List<String> services = new ArrayList<>();
    for (Map.Entry<String, WorkerDefinition> entry : workers.entrySet()) {
      String prefix = "worker" + (services.isEmpty() ? "" : services.size());
      String worker = entry.getValue().write(folder, prefix, classes(entry.getKey()), written);
      services.add(service(entry.getKey(), "worker", worker));
    }
    for (LocalService local : localServices()) {
      services.add(service(local.name(), "worker", local.capnp()));
    }
    services.add(service(NOWHERE, "network", "(allow = [])"));
    if (workers.keySet().stream().anyMatch(worker -> !classes(worker).isEmpty())) {
      Path data = Files.createDirectory(folder.resolve("data"));
      String path = CapnpText.quote(data.toAbsolutePath().toString());
      services.add(service(DISK, "disk", "(path = " + path + ", writable = true)"));
    }
    String listening =
        allSockets().entrySet().stream()
            .map(
                socket ->
                    "(name = %s, address = \"127.0.0.1:0\", http = (), service = %s)"
                        .formatted(
                            CapnpText.quote(socket.getKey()), CapnpText.quote(socket.getValue())))
            .collect(Collectors.joining(",\n    "));
    Path config = folder.resolve("config.capnp");
    written.add(config);
    return Files.writeString(
        config,
        """
        using Workerd = import "/workerd/workerd.capnp";
        const config :Workerd.Config = (
          services = [%s],
          sockets = [%s],
        );
        """
            .formatted(String.join(",\n    ", services), listening));
  }

  private static String service(String name, String kind, String value) {
    return "(name = " + CapnpText.quote(name) + ", " + kind + " = " + value + ")";
  }

  /** Returns the Durable Object classes of a Worker that any Worker binds. */
  private Set<String> classes(String worker) {
    return workers.values().stream()
        .flatMap(other -> other.bindings().values().stream())
        .flatMap(
            binding ->
                binding instanceof WorkerBinding.DurableObject object
                        && object.worker().equals(worker)
                    ? Stream.of(object.className())
                    : Stream.empty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public String toString() {
    return "Workers " + workers.keySet();
  }
}
