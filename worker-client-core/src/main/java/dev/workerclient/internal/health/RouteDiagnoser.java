package dev.workerclient.internal.health;

import dev.workerclient.error.ServiceError;
import dev.workerclient.health.BindingHealth;
import dev.workerclient.health.Check;
import dev.workerclient.health.DiagnosisStep;
import dev.workerclient.health.DiagnosisStep.Result;
import dev.workerclient.health.ProxyHealth;
import dev.workerclient.health.RouteDiagnosis;
import dev.workerclient.internal.call.GuardedRoute;
import dev.workerclient.internal.classify.Provenance;
import dev.workerclient.internal.http.ConnectionLog;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.BindingProxyRoute;
import dev.workerclient.internal.route.CustomDomainRoute;
import dev.workerclient.internal.route.ProxyReportRoute;
import dev.workerclient.internal.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the decision tree on each route of a service: of the binding proxy first what it
 * says of the binding, then the target itself, each on a connection of its own. The target gets one
 * GET a route at most. The steps are in the order of {@link Check}; those after the one that failed
 * are not reached. Immutable and thread-safe.
 */
public final class RouteDiagnoser {
  /** A token that may not diagnose, and a proxy that does not know this form of the request. */
  private static final Set<String> REPORT_ALONE_REFUSED = Set.of("FORBIDDEN", "BAD_REQUEST");

  private final HealthCheck.Service service;
  private final @Nullable ProxyReportRoute proxy;
  private final Transport transport;

  /**
   * Makes a diagnoser.
   *
   * @param proxy the binding proxy, or null if there is none
   */
  public RouteDiagnoser(
      HealthCheck.Service service, @Nullable ProxyReportRoute proxy, Transport transport) {
    this.service = service;
    this.proxy = proxy;
    this.transport = transport;
  }

  /**
   * Asks on this thread; does not throw for what a remote can do.
   *
   * @param object the Durable Object to ask, as the binding proxy reads it, or null
   */
  public List<RouteDiagnosis> run(@Nullable String object) {
    List<RouteDiagnosis> routes = new ArrayList<>(2);
    boolean domain = false;
    ProxyReportRoute report = proxy == null ? null : proxy.ofBinding(service.name());
    for (GuardedRoute guarded : service.chain()) {
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
    ConnectionLog log = new ConnectionLog();
    HealthRequest asked = ask(route, null, log);
    List<DiagnosisStep> steps = connection(route, log, asked.status().isPresent());
    steps.addAll(answer(asked, route.provenance()));
    return diagnosis(route.name(), steps, failed(asked, log));
  }

  private RouteDiagnosis throughProxy(
      Route route, ProxyReportRoute reporting, @Nullable String object) {
    ConnectionLog log = new ConnectionLog();
    ProxyCheck check = new ProxyCheck(reporting, transport.onNewConnections(log), service.limits());
    HealthRequest report = check.ask();
    String refusal = refusal(report);
    ProxyHealth said = refusal == null ? check.health(report) : null;
    BindingHealth binding = said == null ? null : said.binding(service.name());
    FailedCheck failed = refusal == null ? failed(report, said, binding, log) : null;
    boolean answered = report.status().isPresent();
    HealthRequest asked = null;
    if (failed == null && (binding == null || takesRequests(binding, object))) {
      ConnectionLog second = new ConnectionLog();
      asked = ask(route, object, second);
      failed = failed(asked, second);
    } else if (failed == null && binding != null && object != null) {
      failed =
          new FailedCheck(
              Check.FETCHER,
              "a binding of kind " + binding.kind() + ", and no Durable Object",
              "call it without durableObject(…), or bind the namespace");
    }
    List<DiagnosisStep> steps = connection(reporting, log, answered);
    steps.addAll(proxy(report, refusal, binding));
    steps.addAll(asked == null ? nothingAsked() : answer(asked, route.provenance()));
    return diagnosis(route.name(), steps, failed);
  }

  private static boolean takesRequests(BindingHealth binding, @Nullable String object) {
    return binding.kind().equals(object == null ? "service" : "durable-object");
  }

  private HealthRequest ask(Route route, @Nullable String object, ConnectionLog log) {
    return HealthRequest.send(service.get(object), route, transport.onNewConnections(log))
        .ofTarget();
  }

  private @Nullable FailedCheck failed(HealthRequest asked, ConnectionLog log) {
    if (asked.outcome() instanceof Outcome.Failed failed) {
      return FailedCheck.of(failed, log);
    }
    ServiceError error = asked.unhealthy(service, (Outcome.Answered) asked.outcome());
    return error == null ? null : FailedCheck.of(Check.HEALTHY, error);
  }

  /** Why the proxy gives no report though it works for other requests; null if it gave one. */
  private static @Nullable String refusal(HealthRequest report) {
    String code =
        report.outcome() instanceof Outcome.Failed failed ? failed.failure().proxyCode() : "";
    return REPORT_ALONE_REFUSED.contains(code) ? code : null;
  }

  private static @Nullable FailedCheck failed(
      HealthRequest report,
      @Nullable ProxyHealth said,
      @Nullable BindingHealth binding,
      ConnectionLog log) {
    if (report.outcome() instanceof Outcome.Failed failed) {
      return FailedCheck.of(failed, log).ofProxy();
    }
    if (said != null && said.error() != null) {
      return FailedCheck.of(Check.PROXY, said.error());
    }
    return binding == null ? null : FailedCheck.of(binding);
  }

  /** How the connection came about, and that nothing in front refused the request. */
  private static List<DiagnosisStep> connection(Route route, ConnectionLog log, boolean answered) {
    List<DiagnosisStep> steps = new ArrayList<>();
    steps.add(passed(Check.CONFIGURED, route.description()));
    String resolved = log.resolved();
    steps.add(
        passed(Check.RESOLVES, resolved == null ? "no name had to be looked up here" : resolved));
    String connected = log.connected();
    steps.add(passed(Check.CONNECTS, connected == null ? "a connection was made" : connected));
    String secured = log.secured();
    steps.add(secured == null ? skipped(Check.TLS, "plain http", "") : passed(Check.TLS, secured));
    steps.add(
        answered
            ? passed(Check.ACCESS, "nothing in front of it refused the request")
            : skipped(Check.ACCESS, "not known, since no response came", ""));
    return steps;
  }

  /** What the proxy says of itself and of the binding. */
  private static List<DiagnosisStep> proxy(
      HealthRequest report, @Nullable String refusal, @Nullable BindingHealth binding) {
    List<DiagnosisStep> steps = new ArrayList<>();
    String version =
        report.outcome() instanceof Outcome.Answered answer
            ? answer.headers().get("Binding-Proxy-Version")
            : null;
    steps.add(
        passed(
            Check.PROXY,
            refusal == null
                ? "it takes our token; its protocol is version " + version
                : "it takes our token, but refuses a diagnosis: " + refusal));
    if (binding == null) {
      String why = "the proxy does not say; the call itself will tell";
      steps.add(skipped(Check.BINDING, why, ""));
      steps.add(skipped(Check.FETCHER, why, ""));
      return steps;
    }
    steps.add(passed(Check.BINDING, binding.binding() + " is there"));
    steps.add(
        binding.fetchCallable()
            ? passed(Check.FETCHER, binding.kind() + " of class " + binding.className())
            : skipped(Check.FETCHER, binding.kind() + ", which is called by RPC alone", ""));
    return steps;
  }

  /** What the target answered. */
  private List<DiagnosisStep> answer(HealthRequest asked, Provenance provenance) {
    String status = asked.status().isPresent() ? "HTTP " + asked.status().getAsInt() : "an answer";
    List<DiagnosisStep> steps = new ArrayList<>();
    steps.add(
        passed(
            Check.ANSWERS,
            status + " in " + asked.latency().toMillis() + " ms to GET " + service.path()));
    steps.add(passed(Check.NOT_1042, "no error 1042"));
    steps.add(passed(Check.RESPONSE, "a Response was returned"));
    steps.add(stamp(provenance));
    steps.add(
        service.healthPath() == null
            ? skipped(
                Check.HEALTHY, "no healthPath is set, so any answer will do", "set healthPath(…)")
            : passed(Check.HEALTHY, status));
    return steps;
  }

  private static DiagnosisStep stamp(Provenance provenance) {
    if (provenance.proxy()) {
      return passed(Check.STAMP, "Binding-Proxy-Outcome: " + provenance.outcome());
    }
    return provenance.stamp() == null
        ? skipped(
            Check.STAMP,
            "none was promised, so the target's answers can't be told from others'",
            "let the target send a header on every response, and name it by stampedBy(…)")
        : passed(Check.STAMP, provenance.stamp() + " is there");
  }

  private static List<DiagnosisStep> nothingAsked() {
    List<DiagnosisStep> steps = new ArrayList<>();
    for (Check check : Check.values()) {
      if (check.compareTo(Check.ANSWERS) >= 0) {
        steps.add(skipped(check, "not asked, since it takes no plain GET", ""));
      }
    }
    return steps;
  }

  private static RouteDiagnosis noDomain() {
    return new RouteDiagnosis(
        CustomDomainRoute.NAME,
        List.of(
            skipped(
                Check.CONFIGURED,
                "no route of this service, so calls have no way past the binding proxy",
                "set customDomain(…) on the service, and name it where routes(…) is set")));
  }

  private static DiagnosisStep passed(Check check, String seen) {
    return new DiagnosisStep(check, Result.PASSED, seen, "");
  }

  private static DiagnosisStep skipped(Check check, String why, String advice) {
    return new DiagnosisStep(check, Result.SKIPPED, why, advice);
  }

  /** The steps up to the one that failed, and that those after it were not reached. */
  private static RouteDiagnosis diagnosis(
      String route, List<DiagnosisStep> steps, @Nullable FailedCheck failed) {
    List<DiagnosisStep> evaluated = new ArrayList<>(steps.size());
    boolean reached = true;
    for (DiagnosisStep step : steps) {
      if (!reached) {
        evaluated.add(skipped(step.check(), "not reached", ""));
      } else if (failed != null && failed.at() == step.check()) {
        evaluated.add(new DiagnosisStep(failed.at(), Result.FAILED, failed.seen(), failed.fix()));
        reached = false;
      } else {
        evaluated.add(step);
      }
    }
    return new RouteDiagnosis(route, evaluated);
  }
}
