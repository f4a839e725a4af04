package dev.workerclient.benchmarks.client;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerRequest;
import dev.workerclient.WorkerService;
import dev.workerclient.benchmarks.Capability;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * Ours without a listener, in two observations by Micrometer's API alone, with the names and key
 * values of {@code WorkerObservations}: what those cost that no code of ours can save.
 */
final class ObservedByHand implements TestedClient {
  private static final String SERVICE = "APIMOM";
  private static final String OPERATION = "GET /v1/capabilities/{name}";

  private final ObservationRegistry registry;
  private final WorkerClient client;
  private final WorkerService service;
  private final String origin;

  ObservedByHand(ObservationRegistry registry, String origin) {
    this.registry = registry;
    this.client =
        WorkerClient.builder().service(SERVICE, service -> service.customDomain(origin)).build();
    this.service = client.service(SERVICE);
    this.origin = origin;
  }

  @Override
  public Capability get(String name) {
    Observation call = Observation.createNotStarted("worker.client.call", registry);
    call.contextualName(SERVICE + " " + OPERATION)
        .lowCardinalityKeyValue("operation", OPERATION)
        .lowCardinalityKeyValue("outcome", "UNKNOWN")
        .lowCardinalityKeyValue("route", "none")
        .lowCardinalityKeyValue("service", SERVICE);
    return call.observe(
        () -> {
          Capability answer = attempt(name);
          call.lowCardinalityKeyValue("outcome", "SUCCESS")
              .lowCardinalityKeyValue("route", "custom-domain")
              .highCardinalityKeyValue("worker.attempts", "1");
          return answer;
        });
  }

  private Capability attempt(String name) {
    WorkerRequest request = service.get("/v1/capabilities/{name}", name);
    SenderContext<WorkerRequest> context =
        new SenderContext<>(ObservedByHand::setHeader, Kind.CLIENT);
    context.setCarrier(request);
    context.setRemoteServiceName(SERVICE);
    Observation attempt =
        Observation.createNotStarted("worker.client.attempt", () -> context, registry);
    attempt
        .contextualName(OPERATION)
        .lowCardinalityKeyValue("operation", OPERATION)
        .lowCardinalityKeyValue("outcome", "UNKNOWN")
        .lowCardinalityKeyValue("route", "custom-domain")
        .lowCardinalityKeyValue("service", SERVICE)
        .highCardinalityKeyValue("http.request.method", "GET")
        .highCardinalityKeyValue("server.address", "127.0.0.1")
        .highCardinalityKeyValue("server.port", "8080")
        .highCardinalityKeyValue("url.full", origin + "/v1/capabilities/" + name);
    return attempt.observe(
        () -> {
          Capability answer = request.fetch(Capability.class);
          attempt
              .lowCardinalityKeyValue("outcome", "SUCCESS")
              .highCardinalityKeyValue("http.response.status_code", "200")
              .highCardinalityKeyValue("worker.delivery", "DELIVERED");
          return answer;
        });
  }

  private static void setHeader(@Nullable WorkerRequest request, String name, String value) {
    if (request != null) {
      request.header(name, value);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
