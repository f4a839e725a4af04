package dev.workerclient.mockserver.workerd;

import dev.workerclient.ServiceBuilder;
import dev.workerclient.WorkerClient;
import dev.workerclient.workerd.WorkerdServer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The fleet of RPC on one runtime: the proxy and its targets, and Workers that serve capnweb. */
final class RpcFleet {
  private static final Map<Installed, RpcFleet> RUNNING = new ConcurrentHashMap<>();

  private final WorkerdServer workerd;

  private RpcFleet(Installed runtime) {
    workerd =
        WorkerdServer.builder()
            .config(Installed.config("rpc.capnp"))
            .binary(runtime.binary())
            .awaitSockets("proxy", "direct-accounts", "direct-capnweb", "direct-capnweb-oldest")
            .start();
  }

  /** Returns the fleet, or ends the test where it can't run here. */
  static RpcFleet on(Installed runtime) {
    runtime.require();
    return RUNNING.computeIfAbsent(runtime, RpcFleet::new);
  }

  /** A client of the proxy alone. */
  WorkerClient.Builder proxied(String service) {
    return proxied(service, own -> {});
  }

  WorkerClient.Builder proxied(String service, Consumer<ServiceBuilder> settings) {
    return WorkerClient.builder()
        .bindingProxy(workerd.url("proxy"), proxy -> proxy.bearerToken(RealFleet.TOKEN))
        .service(service, settings);
  }

  /** A client of a Worker that serves capnweb by itself. */
  WorkerClient.Builder direct(String socket) {
    return WorkerClient.builder()
        .service(
            "API", own -> own.customDomain(workerd.url(socket), domain -> domain.rpcPath("/api")));
  }

  /** Where a socket of it listens. */
  String url(String socket) {
    return workerd.url(socket);
  }

  /** How often the methods of a Worker ran, told by itself. */
  int runs(String socket) {
    try (WorkerClient client =
        WorkerClient.builder()
            .service("COUNTER", own -> own.customDomain(workerd.url(socket)))
            .build()) {
      String json = client.service("COUNTER").get("/runs").execute().orThrow().string();
      return Integer.parseInt(json.replaceAll("\\D", ""));
    }
  }
}
