package dev.workerclient.mockserver.workerd;

import dev.workerclient.ServiceBuilder;
import dev.workerclient.WorkerClient;
import dev.workerclient.workerd.WorkerdServer;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The fleet of RPC on one runtime: the proxy and its targets, and Workers that serve capnweb. */
final class RpcFleet {
  /** A value of each type that survives a call and its answer. */
  static final List<@Nullable Object> VALUES =
      Arrays.asList(
          null,
          true,
          1,
          1.5,
          Double.NaN,
          Double.NEGATIVE_INFINITY,
          "grün \u0001 \ud83d\ude00",
          Instant.ofEpochMilli(1749342170815L),
          new BigInteger("123456789012345678901234567890"),
          List.of(1, List.of(), List.of("date")),
          Map.of("deep", Map.of("list", List.of(1))),
          Collections.singletonMap("nul", null));

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
