package dev.workerclient.internal.health;

import dev.workerclient.error.ServiceError;
import dev.workerclient.health.BindingHealth;
import dev.workerclient.health.Check;
import dev.workerclient.health.DiagnosisStep;
import dev.workerclient.health.DiagnosisStep.Result;
import dev.workerclient.health.ProxyHealth;
import dev.workerclient.health.RouteDiagnosis;
import dev.workerclient.internal.call.CallPath.GuardedRoute;
import dev.workerclient.internal.classify.Provenance;
import dev.workerclient.internal.classify.ProxyProtocol;
import dev.workerclient.internal.health.Target.Reply;
import dev.workerclient.internal.http.ConnectionLog;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.BindingProxyRoute;
import dev.workerclient.internal.route.CustomDomainRoute;
import dev.workerclient.internal.route.ProxyReportRoute;
import dev.workerclient.internal.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the step at which each route of a service fails. It asks one after the other: the binding
 * proxy what it says of the binding, then the target itself, on connections of their own. The
 * target gets one GET a route at most. Immutable and thread-safe.
 */
public final class RouteDiagnoser {
  /** A token that may not diagnose, and a proxy that does not know this form of the request. */
  private static final Set<String> ONLY_REPORT_REFUSED = Set.of("FORBIDDEN", "BAD_REQUEST");

  private final Target target;
  private final @Nullable ProxyReportRoute proxy;
  private final Transport transport;

  /**
   * Makes a diagnoser.
   *
   * @param proxy the binding proxy, or null if there is none
   */
  public RouteDiagnoser(Target target, @Nullable ProxyReportRoute proxy, Transport transport) {
    this.target = target;
    this.proxy = proxy;
    this.transport = transport;
  }

  /**
   * Diagnoses on this thread; does not throw for what a remote can do.
   *
   * @param object the Durable Object to ask, as the binding proxy reads it, or null
   */
  public List<RouteDiagnosis> run(@Nullable String object) {
    List<RouteDiagnosis> routes = new ArrayList<>(2);
    boolean domain = false;
    for (GuardedRoute guarded : target.chain()) {
      Route route = guarded.route();
      if (route instanceof BindingProxyRoute && proxy != null) {
        routes.add(throughProxy(route, proxy.ofBinding(target.service()), object));
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
    Reply reply = target.ask(route, null, transport.onNewConnections(log));
    return new Findings(
            target, route, route.description(), log, reply, null, reply, failed(reply, log))
        .diagnosis();
  }

  private RouteDiagnosis throughProxy(
      Route route, ProxyReportRoute reporting, @Nullable String object) {
    ConnectionLog log = new ConnectionLog();
    ProxyReport report =
        new ProxyReport(reporting, target.limits(), transport.onNewConnections(log));
    Reply said = report.ask();
    ProxyHealth health = report.health(said);
    BindingHealth binding = health.binding(target.service());
    ProxySays says = ProxySays.of(said, binding);

    FailedStep failed = says.refusal == null ? failedProxy(said, health, binding, log) : null;
    Reply reply = null;
    if (failed == null && (binding == null || takesRequests(binding, object))) {
      ConnectionLog own = new ConnectionLog();
      reply = target.ask(route, object, transport.onNewConnections(own));
      if (target.isCalledByRpcAlone(binding, reply)) {
        says = says.calledByRpcAlone();
        reply = null;
      } else {
        failed = failed(reply, own);
      }
    } else if (failed == null && binding != null && object != null) {
      failed =
          new FailedStep(
              Check.FETCHER,
              "a binding of kind " + binding.kind() + ", and no Durable Object",
              "call it without durableObject(…), or bind the namespace");
    }
    return new Findings(target, route, reporting.description(), log, said, says, reply, failed)
        .diagnosis();
  }

  private static boolean takesRequests(BindingHealth binding, @Nullable String object) {
    return binding.kind().equals(object == null ? "service" : "durable-object");
  }

  private @Nullable FailedStep failed(Reply reply, ConnectionLog log) {
    if (reply.outcome() instanceof Outcome.Failed failed) {
      return FailedStep.of(failed.failure(), log);
    }
    ServiceError error = target.error(reply);
    return error == null ? null : FailedStep.of(Check.HEALTHY, error);
  }

  private static @Nullable FailedStep failedProxy(
      Reply said, ProxyHealth health, @Nullable BindingHealth binding, ConnectionLog log) {
    if (said.outcome() instanceof Outcome.Failed failed) {
      return FailedStep.of(failed.failure(), log).ofProxy();
    }
    if (health.error() != null) {
      return FailedStep.of(Check.PROXY, health.error());
    }
    return binding == null ? null : FailedStep.of(binding);
  }

  private static RouteDiagnosis noDomain() {
    return new RouteDiagnosis(
        CustomDomainRoute.NAME,
        List.of(
            skipped(
                Check.CONFIGURED,
                "not a route of this service, so there is no fallback for the binding proxy",
                "set customDomain(…) on the service, and add it to routes(…) if that is set")));
  }

  private static DiagnosisStep passed(Check check, String seen) {
    return new DiagnosisStep(check, Result.PASSED, seen, "");
  }

  private static DiagnosisStep skipped(Check check, String why) {
    return skipped(check, why, "");
  }

  private static DiagnosisStep skipped(Check check, String why, String advice) {
    return new DiagnosisStep(check, Result.SKIPPED, why, advice);
  }

  /**
   * What the proxy says before the target is asked.
   *
   * @param version which protocol the proxy speaks; null if it did not say
   * @param binding what it says of the binding; null if it says nothing
   * @param refusal why it gives no report though it works for other requests; null if it gave one
   * @param rpcAlone whether the target turned out to have methods and no fetch
   */
  private record ProxySays(
      @Nullable String version,
      @Nullable BindingHealth binding,
      @Nullable String refusal,
      boolean rpcAlone) {

    ProxySays calledByRpcAlone() {
      return new ProxySays(version, binding, refusal, true);
    }

    static ProxySays of(Reply said, @Nullable BindingHealth binding) {
      if (said.outcome() instanceof Outcome.Answered answer) {
        return new ProxySays(answer.headers().get(ProxyProtocol.VERSION), binding, null, false);
      }
      String code = ((Outcome.Failed) said.outcome()).failure().proxyCode();
      return new ProxySays(null, null, ONLY_REPORT_REFUSED.contains(code) ? code : null, false);
    }
  }

  /**
   * What the requests by one route showed. Each step is read from it, in order, until one fails.
   *
   * @param configured what the first request was sent to, and with which credential
   * @param log how the connection of the first request came about
   * @param first the reply to the first request
   * @param proxy null if the route does not lead through the proxy
   * @param reply the target's; null if it was not asked
   * @param failed the step that fails; null if none does
   */
  private record Findings(
      Target target,
      Route route,
      String configured,
      ConnectionLog log,
      Reply first,
      @Nullable ProxySays proxy,
      @Nullable Reply reply,
      @Nullable FailedStep failed) {

    RouteDiagnosis diagnosis() {
      List<DiagnosisStep> steps = new ArrayList<>();
      boolean reached = true;
      for (Check check : Check.values()) {
        if (reached && failed != null && failed.check() == check) {
          steps.add(new DiagnosisStep(check, Result.FAILED, failed.seen(), failed.fix()));
          reached = false;
        } else if (proxy != null || !isOfProxy(check)) {
          steps.add(reached ? step(check) : skipped(check, "not reached"));
        }
      }
      return new RouteDiagnosis(route.name(), steps);
    }

    private DiagnosisStep step(Check check) {
      return switch (check) {
        case CONFIGURED -> passed(check, configured);
        case RESOLVES -> passed(check, or(log.resolved(), "no name had to be looked up here"));
        case CONNECTS -> passed(check, or(log.connected(), "a connection was made"));
        case TLS ->
            log.secured() == null ? skipped(check, "plain http") : passed(check, log.secured());
        case ACCESS ->
            first.status().isPresent()
                ? passed(check, "nothing in front of it refused the request")
                : skipped(check, "not known, since there was no response");
        case PROXY, BINDING, FETCHER -> proxyStep(check, Objects.requireNonNull(proxy));
        default ->
            reply == null
                ? skipped(check, "not requested, since it does not take a plain GET")
                : targetStep(check, reply);
      };
    }

    private DiagnosisStep proxyStep(Check check, ProxySays says) {
      BindingHealth binding = says.binding;
      if (check == Check.PROXY) {
        return passed(
            check,
            says.refusal == null
                ? "it accepts the token; its protocol is version " + says.version
                : "it accepts the token, but refuses a diagnosis: " + says.refusal);
      }
      if (binding == null) {
        return skipped(check, "the proxy does not report it; the call itself will show");
      }
      if (check == Check.BINDING) {
        return passed(check, binding.binding() + " is there");
      }
      return binding.fetchCallable() && !says.rpcAlone
          ? passed(check, binding.kind() + " of class " + binding.className())
          : skipped(check, binding.kind() + ", which is called by RPC alone");
    }

    private DiagnosisStep targetStep(Check check, Reply answer) {
      String status =
          answer.status().isPresent() ? "HTTP " + answer.status().getAsInt() : "an answer";
      return switch (check) {
        case ANSWERS ->
            passed(
                check,
                status + " in " + answer.latency().toMillis() + " ms to GET " + target.path());
        case NOT_1042 -> passed(check, "no error 1042");
        case RESPONSE -> passed(check, "a Response was returned");
        case STAMP -> stamp(check, route.provenance());
        default ->
            target.healthPath() == null
                ? skipped(
                    check, "no healthPath is set, so any response passes", "set healthPath(…)")
                : passed(check, status);
      };
    }

    private static DiagnosisStep stamp(Check check, Provenance provenance) {
      if (provenance.proxy()) {
        return passed(check, ProxyProtocol.OUTCOME + ": " + provenance.outcome());
      }
      return provenance.stamp() != null
          ? passed(check, provenance.stamp() + " is there")
          : skipped(
              check,
              "no stampedBy(…) is set, so the target's responses can't be told from others",
              "let the target send a header on every response, and declare it by stampedBy(…)");
    }

    private static boolean isOfProxy(Check check) {
      return check == Check.PROXY || check == Check.BINDING || check == Check.FETCHER;
    }

    private static String or(@Nullable String seen, String otherwise) {
      return seen == null ? otherwise : seen;
    }
  }
}
