package dev.workerclient.examples.quickstart;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.mockserver.MockWorkers;
import dev.workerclient.workerd.WorkerdServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fleet of {@code binding-proxy/test/fleet} on the real runtime, behind the real binding proxy.
 * A mock stands in for {@link #GONE} alone: error 1042 comes from Cloudflare's edge, which workerd
 * is not.
 */
final class WorkerdFleet implements Fleet {
  private static final String TOKEN = "fleet-token-0123456789-0123456789-abcdef";
  private static final String PROXY = "proxy";
  private static final String HEALTHY = "direct-behaves";
  private static final String BROKEN = "direct-no-response-sync";

  /** The Workers behind a service: its binding's, where it has one, and its custom domain's. */
  private static final Map<String, List<String>> WORKERS_BEHIND =
      Map.of(
          BEHAVES, List.of(HEALTHY),
          MISSING, List.of(HEALTHY),
          NO_RESPONSE, List.of(BROKEN, HEALTHY));

  private final WorkerdServer workerd;
  private final MockWorkers edge = MockWorkers.start();
  private final WorkerClient client;
  private final WorkerClient edgeClient;

  WorkerdFleet(Path config) {
    workerd = WorkerdServer.builder().config(config).awaitSockets(PROXY, HEALTHY, BROKEN).start();
    client =
        WorkerClient.builder()
            .bindingProxy(workerd.url(PROXY), proxy -> proxy.bearerToken(TOKEN))
            .service(BEHAVES, service -> service.customDomain(workerd.url(HEALTHY)))
            .service(MISSING, service -> service.customDomain(workerd.url(HEALTHY)))
            .service(NO_RESPONSE, service -> service.customDomain(workerd.url(HEALTHY)))
            .build();
    MockFleet.scriptGone(edge);
    edgeClient = edge.client();
  }

  @Override
  public String description() {
    return "real workerd, behind the real binding proxy";
  }

  @Override
  public Optional<String> note(String name) {
    return name.equals(GONE)
        ? Optional.of("a stand-in for Cloudflare's edge answers here: workerd alone makes no 1042")
        : Optional.empty();
  }

  @Override
  public WorkerService service(String name) {
    return (name.equals(GONE) ? edgeClient : client).service(name);
  }

  @Override
  public int executions(String name) {
    return name.equals(GONE)
        ? edge.service(GONE).executions()
        : WORKERS_BEHIND.getOrDefault(name, List.of()).stream().mapToInt(this::runs).sum();
  }

  /** What a Worker of the fleet counted itself; asking is not counted. */
  private int runs(String socket) {
    try (WorkerClient direct =
        WorkerClient.builder()
            .service("COUNTER", service -> service.customDomain(workerd.url(socket)))
            .build()) {
      String json = direct.service("COUNTER").get("/runs").execute().orThrow().string();
      return Integer.parseInt(json.replaceAll("\\D", ""));
    }
  }

  @Override
  public void close() {
    client.close();
    edge.close();
    workerd.close();
  }
}
