package dev.workerclient.internal.health;

import dev.workerclient.health.BindingHealth;
import dev.workerclient.health.Check;
import dev.workerclient.health.DiagnosisStep;
import dev.workerclient.health.DiagnosisStep.Result;
import dev.workerclient.health.RouteDiagnosis;
import dev.workerclient.internal.call.GuardedRoute;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.BindingProxyRoute;
import dev.workerclient.internal.route.CustomDomainRoute;
import dev.workerclient.internal.route.ProxyReportRoute;
import dev.workerclient.internal.route.Route;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the decision tree on each route of a service, one request after the other: of the
 * binding proxy first what it says of the binding, then the target itself. The target sees one GET
 * a route at most. Immutable and thread-safe.
 */
public final class Walk {
  private final Subject subject;
  private final @Nullable ProxyReportRoute proxy;
  private final Transport transport;

  /**
   * Makes a walk.
   *
   * @param proxy the binding proxy, or null where there is none
   */
  public Walk(Subject subject, @Nullable ProxyReportRoute proxy, Transport transport) {
    this.subject = subject;
    this.proxy = proxy;
    this.transport = transport;
  }

  /**
   * Walks on this thread; does not throw for what a remote can do.
   *
   * @param object the Durable Object to ask, as the binding proxy reads it, or null
   */
  public List<RouteDiagnosis> run(@Nullable String object) {
    List<RouteDiagnosis> routes = new ArrayList<>(2);
    boolean domain = false;
    ProxyReportRoute report = proxy == null ? null : proxy.ofBinding(subject.service());
    for (GuardedRoute guarded : subject.chain()) {
      Route route = guarded.route();
      if (route instanceof BindingProxyRoute && report != null) {
        routes.add(throughProxy(route, report, object));
      } else if (object == null) {
        domain = true;
        routes.add(toDomain(route));
      }
    }
    if (!domain && object == null) {
      routes.add(noDomain());
    }
    return routes;
  }

  private RouteDiagnosis toDomain(Route route) {
    Visit visit = Visit.of(subject, route, null, transport);
    Steps steps = new Steps(visit.stop());
    visit.layConnection(steps, route);
    visit.layAnswer(steps, route.provenance());
    return new RouteDiagnosis(route.name(), steps.list());
  }

  private RouteDiagnosis throughProxy(
      Route route, ProxyReportRoute reporting, @Nullable String object) {
    ProxyVisit report = ProxyVisit.of(subject, reporting, transport);
    BindingHealth binding = report.binding();
    Stop stop = report.stop();
    Visit visit = null;
    if (stop == null && (binding == null || takesRequests(binding, object))) {
      visit = Visit.of(subject, route, object, transport);
      stop = visit.stop();
    } else if (stop == null && binding != null && object != null) {
      stop =
          new Stop(
              Check.FETCHER,
              "a binding of kind " + binding.kind() + ", and no Durable Object",
              "call it without durableObject(…), or bind the namespace");
    }
    Steps steps = new Steps(stop);
    Visit.layConnection(steps, reporting, report.log(), report.answered());
    report.layProxy(steps);
    if (visit != null) {
      visit.layAnswer(steps, route.provenance());
    } else {
      Visit.layNothingAsked(steps, "not asked, since it takes no plain GET");
    }
    return new RouteDiagnosis(route.name(), steps.list());
  }

  private static boolean takesRequests(BindingHealth binding, @Nullable String object) {
    return binding.kind().equals(object == null ? "service" : "durable-object");
  }

  private static RouteDiagnosis noDomain() {
    return new RouteDiagnosis(
        CustomDomainRoute.NAME,
        List.of(
            new DiagnosisStep(
                Check.CONFIGURED,
                Result.SKIPPED,
                "no route of this service, so calls have no way past the binding proxy",
                "set customDomain(…) on the service, and name it where routes(…) is set")));
  }
}
