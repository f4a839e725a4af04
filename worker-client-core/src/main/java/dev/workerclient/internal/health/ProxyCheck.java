package dev.workerclient.internal.health;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import dev.workerclient.health.BindingHealth;
import dev.workerclient.health.ProxyHealth;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.CallLimits;
import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.ProxyReportRoute;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the binding proxy what it says of its bindings. */
final class ProxyCheck {
  /** Whose errors it says it has. */
  static final String SERVICE = "binding-proxy";

  static final String OPERATION = "diagnose";

  private final ProxyReportRoute route;
  private final Transport transport;
  private final CallLimits limits;

  ProxyCheck(ProxyReportRoute route, Transport transport, CallLimits limits) {
    this.route = route;
    this.transport = transport;
    this.limits = limits;
  }

  HealthRequest ask() {
    return HealthRequest.send(CallSpec.get(SERVICE, "/", null, limits), route, transport);
  }

  /** What the proxy says; null for a request that did not end in its time. */
  ProxyHealth health(@Nullable HealthRequest asked) {
    if (asked == null) {
      return new ProxyHealth(limits.callTime(), late(), List.of());
    }
    if (asked.outcome() instanceof Outcome.Failed failed) {
      boolean tooLarge = failed.failure().kind() == FailureKind.WORKER_DECODING;
      return new ProxyHealth(
          asked.latency(), tooLarge ? unreadable() : asked.error(failed), List.of());
    }
    try {
      Outcome.Answered answer = (Outcome.Answered) asked.outcome();
      List<BindingHealth> bindings =
          BindingReports.read(answer.body().snapshot().toByteArray(), answer.secrets());
      return new ProxyHealth(asked.latency(), null, bindings);
    } catch (IOException e) {
      return new ProxyHealth(asked.latency(), unreadable(), List.of());
    }
  }

  private static ServiceError unreadable() {
    return error(FailureKind.WORKER_DECODING, "the report is not the JSON that it should be")
        .delivery(Delivery.DELIVERED)
        .diagnosis(
            Diagnosis.of(
                "the deployed binding proxy is of another version than this client, or reports"
                    + " more than 1 MiB",
                "deploy the binding proxy that came with this version",
                ""))
        .build();
  }

  private static ServiceError late() {
    return error(FailureKind.WORKER_TIMEOUT, "the report did not come within healthTimeout")
        .build();
  }

  private static ServiceError.Builder error(FailureKind kind, String message) {
    return ServiceError.builder(SERVICE, OPERATION, kind.name())
        .message(message)
        .status(kind.statusToHandOn());
  }
}
