package dev.workerclient.internal.health;

import dev.workerclient.error.ServiceError;
import dev.workerclient.health.BindingHealth;
import dev.workerclient.health.Check;
import dev.workerclient.health.ProxyHealth;
import dev.workerclient.internal.http.ConnectionLog;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.ProxyReportRoute;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The binding proxy asked of one binding, without a request to the target, as the steps of a
 * diagnosis.
 *
 * @param answered whether a response came
 * @param version which protocol the proxy speaks; null where it did not say
 * @param binding what it says of the binding; null where it says nothing
 * @param refusal why it gives no report though it works for other requests; null where it gave one
 * @param stop where it failed; null where it did not
 */
record ProxyVisit(
    ConnectionLog log,
    boolean answered,
    @Nullable String version,
    @Nullable BindingHealth binding,
    @Nullable String refusal,
    @Nullable Stop stop) {
  /** A token that may not diagnose, and a proxy that does not know this form of the request. */
  private static final Set<String> REPORT_ALONE_REFUSED = Set.of("FORBIDDEN", "BAD_REQUEST");

  static ProxyVisit of(Subject subject, ProxyReportRoute route, Transport transport) {
    ConnectionLog log = new ConnectionLog();
    ProxyCheck check = new ProxyCheck(route, transport.onNewConnections(log), subject.limits());
    Inquiry inquiry = check.ask();
    if (inquiry.outcome() instanceof Outcome.Failed failed) {
      String code = failed.failure().proxyCode();
      return REPORT_ALONE_REFUSED.contains(code)
          ? new ProxyVisit(log, true, null, null, code, null)
          : new ProxyVisit(
              log, inquiry.status().isPresent(), null, null, null, Stop.of(failed, log).ofProxy());
    }
    ProxyHealth health = check.health(inquiry);
    BindingHealth binding = health.binding(subject.service());
    String version = ((Outcome.Answered) inquiry.outcome()).headers().get("Binding-Proxy-Version");
    return new ProxyVisit(log, true, version, binding, null, stop(health.error(), binding));
  }

  private static @Nullable Stop stop(
      @Nullable ServiceError error, @Nullable BindingHealth binding) {
    if (error != null) {
      return new Stop(
          Check.PROXY, error.message() + ": " + error.diagnosis().cause(), error.diagnosis().fix());
    }
    return binding == null ? null : Stop.of(binding);
  }

  /** Lays down what it says of itself and of the binding. */
  void layProxy(Steps steps) {
    if (refusal != null) {
      steps.passed(Check.PROXY, "it takes our token, but refuses a diagnosis: " + refusal);
      leaveBindingToTheCall(steps);
      return;
    }
    steps.passed(Check.PROXY, "it takes our token; its protocol is version " + version);
    if (binding == null) {
      leaveBindingToTheCall(steps);
      return;
    }
    steps.passed(Check.BINDING, binding.binding() + " is there");
    if (binding.fetchCallable()) {
      steps.passed(Check.FETCHER, binding.kind() + " of class " + binding.className());
    } else {
      steps.skipped(Check.FETCHER, binding.kind() + ", which is called by RPC alone", "");
    }
  }

  private static void leaveBindingToTheCall(Steps steps) {
    steps.skipped(Check.BINDING, "the proxy does not say; the call itself will tell", "");
    steps.skipped(Check.FETCHER, "the proxy does not say; the call itself will tell", "");
  }
}
