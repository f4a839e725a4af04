package dev.workerclient.micrometer;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.health.BreakerState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Gauges of a client's breakers, retry budgets and async calls. */
final class ClientGauges {
  private final MeterRegistry registry;
  private final WorkerClient client;

  private ClientGauges(MeterRegistry registry, WorkerClient client) {
    this.registry = registry;
    this.client = client;
  }

  static void bind(MeterRegistry registry, WorkerClient client) {
    ClientGauges gauges = new ClientGauges(registry, client);
    gauges.bindAsyncCalls();
    client.serviceNames().forEach(name -> gauges.bindService(client.service(name)));
  }

  private void bindAsyncCalls() {
    gauge(
        "worker.client.async.active",
        "Async calls that run now",
        Tags.empty(),
        WorkerClient::runningAsyncCalls);
    gauge(
        "worker.client.async.queued",
        "Async calls that have not begun",
        Tags.empty(),
        WorkerClient::queuedAsyncCalls);
    gauge(
        "worker.client.async.max",
        "Async calls that may run at once",
        Tags.empty(),
        WorkerClient::maxConcurrentCalls);
  }

  private void bindService(WorkerService service) {
    String name = service.name();
    Tags tags = Tags.of("service", name);
    gauge(
        "worker.client.retry.tokens",
        "Tokens left in the retry budget",
        tags,
        held -> held.service(name).retryTokens());
    for (String route : service.breakerStates().keySet()) {
      for (BreakerState state : BreakerState.values()) {
        gauge(
            "worker.client.breaker.state",
            "1 for the state that the circuit breaker of the route is in",
            tags.and("route", route, "state", state.name().toLowerCase(Locale.ROOT)),
            held -> held.service(name).breakerStates().get(route) == state ? 1 : 0);
      }
    }
  }

  /** Adds a gauge in place of another client's, which a registry would keep. */
  private void gauge(
      String name, String description, Tags tags, ToDoubleFunction<WorkerClient> value) {
    registry.remove(new Meter.Id(name, tags, null, description, Meter.Type.GAUGE));
    Gauge.builder(name, client, value).description(description).tags(tags).register(registry);
  }
}
