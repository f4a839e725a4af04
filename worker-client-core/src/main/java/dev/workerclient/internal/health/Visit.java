package dev.workerclient.internal.health;

import dev.workerclient.error.ServiceError;
import dev.workerclient.health.Check;
import dev.workerclient.internal.classify.Provenance;
import dev.workerclient.internal.http.ConnectionLog;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.Route;
import org.jspecify.annotations.Nullable;

/**
 * One GET of the target on a connection of its own, as the steps of a diagnosis.
 *
 * @param stop where it failed; null where it did not
 */
record Visit(Subject subject, Inquiry inquiry, ConnectionLog log, @Nullable Stop stop) {

  static Visit of(Subject subject, Route route, @Nullable String object, Transport transport) {
    ConnectionLog log = new ConnectionLog();
    Inquiry inquiry =
        Inquiry.send(subject.get(object), route, transport.onNewConnections(log)).ofTarget();
    return new Visit(subject, inquiry, log, stop(subject, inquiry, log));
  }

  private static @Nullable Stop stop(Subject subject, Inquiry inquiry, ConnectionLog log) {
    if (inquiry.outcome() instanceof Outcome.Failed failed) {
      return Stop.of(failed, log);
    }
    ServiceError error = inquiry.unhealthy(subject, (Outcome.Answered) inquiry.outcome());
    return error == null ? null : Stop.unhealthy(error);
  }

  /** How the connection came about, and that nothing in front refused the request. */
  void layConnection(Steps steps, Route route) {
    layConnection(steps, route, log, inquiry.status().isPresent());
  }

  static void layConnection(Steps steps, Route route, ConnectionLog log, boolean answered) {
    steps.passed(Check.CONFIGURED, route.description());
    String resolved = log.resolved();
    steps.passed(Check.RESOLVES, resolved == null ? "no name had to be looked up here" : resolved);
    String connected = log.connected();
    steps.passed(Check.CONNECTS, connected == null ? "a connection was made" : connected);
    String secured = log.secured();
    if (secured == null) {
      steps.skipped(Check.TLS, "plain http", "");
    } else {
      steps.passed(Check.TLS, secured);
    }
    if (answered) {
      steps.passed(Check.ACCESS, "nothing in front of it refused the request");
    } else {
      steps.skipped(Check.ACCESS, "not known, since no response came", "");
    }
  }

  /** What the target answered. */
  void layAnswer(Steps steps, Provenance provenance) {
    String status =
        inquiry.status().isPresent() ? "HTTP " + inquiry.status().getAsInt() : "an answer";
    steps.passed(
        Check.ANSWERS,
        status + " in " + inquiry.latency().toMillis() + " ms to GET " + subject.path());
    steps.passed(Check.NOT_1042, "no error 1042");
    steps.passed(Check.RESPONSE, "a Response was returned");
    if (provenance.proxy()) {
      steps.passed(Check.STAMP, "Binding-Proxy-Outcome: " + provenance.outcome());
    } else if (provenance.stamp() != null) {
      steps.passed(Check.STAMP, provenance.stamp() + " is there");
    } else {
      steps.skipped(
          Check.STAMP,
          "none was promised, so the target's answers can't be told from others'",
          "let the target send a header on every response, and name it by stampedBy(…)");
    }
    if (subject.healthPath() == null) {
      steps.skipped(
          Check.HEALTHY, "no healthPath is set, so any answer will do", "set healthPath(…)");
    } else {
      steps.passed(Check.HEALTHY, status);
    }
  }

  /** That the target was not asked. */
  static void layNothingAsked(Steps steps, String why) {
    for (Check check : Check.values()) {
      if (check.compareTo(Check.ANSWERS) >= 0) {
        steps.skipped(check, why, "");
      }
    }
  }
}
