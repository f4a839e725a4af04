package dev.workerclient.internal.engine;

import dev.workerclient.internal.call.GuardedRoute;
import dev.workerclient.internal.health.HealthRound;
import dev.workerclient.internal.health.Subject;
import dev.workerclient.internal.health.Walk;
import dev.workerclient.internal.http.CallLimits;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.ProxyReportRoute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes what asks after the health of services, which it is shown one after the other. */
final class HealthAssembly {
  private static final int LARGEST_REPORT = 1 << 20;

  /** More of an answer is not read: its status says how the service is. */
  private static final int LARGEST_ANSWER = 64 << 10;

  private final ClientSettings client;
  private final Resources resources;
  private final Transport transport;
  private final @Nullable ProxyReportRoute proxy;
  private final List<Subject> subjects = new ArrayList<>();

  HealthAssembly(
      ClientSettings client,
      Resources resources,
      Transport transport,
      @Nullable ProxyReportRoute proxy) {
    this.client = client;
    this.resources = resources;
    this.transport = transport;
    this.proxy = proxy;
  }

  /** Adds a service, and returns what goes through the decision tree for it. */
  Walk add(
      String service, @Nullable String healthPath, List<GuardedRoute> chain, CallLimits limits) {
    Duration limit =
        shorter(client.healthTimeout, shorter(limits.attemptTime(), limits.callTime()));
    Subject subject = new Subject(service, healthPath, chain, limits(limit, LARGEST_ANSWER));
    subjects.add(subject);
    return new Walk(subject, proxy, transport);
  }

  /** What asks all services that were added. */
  HealthRound round() {
    return new HealthRound(
        subjects,
        proxy,
        limits(client.healthTimeout, LARGEST_REPORT),
        transport,
        resources.healthExecutor(),
        Resources.HEALTH_THREADS);
  }

  private CallLimits limits(Duration limit, long bytes) {
    return new CallLimits(limit, limit, client.readIdleTimeout, bytes);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
