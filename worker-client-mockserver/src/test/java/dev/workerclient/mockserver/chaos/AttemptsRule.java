package dev.workerclient.mockserver.chaos;

import dev.workerclient.error.Attempt;
import dev.workerclient.mockserver.faults.Exchange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Each attempt went as its exchange did: it failed only where a fault struck, was answered only
 * where none did, and none was sent that the client does not tell of.
 */
final class AttemptsRule implements Rule {
  private static final List<String> ROUTES = List.of("binding-proxy", "custom-domain");

  private final FaultLog faults;
  private final Map<String, Integer> lost = new HashMap<>();
  private final List<String> unexplained = new ArrayList<>();
  private final Excuse excuse;

  AttemptsRule(FaultLog faults, Excuse excuse) {
    this.faults = faults;
    this.excuse = excuse;
  }

  /** Attempts that failed though nothing was done to them, which a busy machine may do at times. */
  List<String> unexplained() {
    return unexplained;
  }

  @Override
  public void check(CallResult result, Consumer<String> broken) {
    for (String route : ROUTES) {
      List<Exchange> exchanges = faults.of(route, result.call().id());
      List<Attempt> attempts =
          result.attempts().stream().filter(attempt -> attempt.route().equals(route)).toList();
      List<Attempt> written = attempts.stream().filter(a -> a.exchanges() > 0).toList();
      if (exchanges.size() > written.size()) {
        broken.accept("sent more by " + route + " than it tells: " + exchanges);
      } else if (exchanges.size() < written.size()) {
        checkLost(result, written, exchanges);
      } else {
        for (int i = 0; i < written.size(); i++) {
          checkPair(result, written.get(i), exchanges.get(i), broken);
        }
      }
      attempts.stream()
          .filter(attempt -> attempt.exchanges() == 0)
          .forEach(attempt -> checkUnwritten(result, attempt, broken));
    }
    if (result.isAnswered() && !result.whole()) {
      broken.accept("answered with something else than the target's answer");
    }
  }

  /** Requests that were begun and never came to the proxy. */
  private void checkLost(CallResult result, List<Attempt> written, List<Exchange> seen) {
    long excused = written.stream().filter(attempt -> excuse.covers(result, attempt)).count();
    String route = written.get(0).route();
    if (written.size() - excused > seen.size()
        && lost.merge(route, 1, Integer::sum) > faults.endedByServer(route)) {
      unexplained.add("an attempt failed that came to no proxy: " + result);
    }
  }

  private void checkPair(
      CallResult result, Attempt attempt, Exchange exchange, Consumer<String> broken) {
    boolean failed = attempt.failure() != null;
    boolean explained =
        !exchange.isSound() || exchange.isEndedByServer() || excuse.covers(result, attempt);
    if (failed && !explained) {
      unexplained.add("an attempt failed without a fault: " + exchange + "\n    " + result);
    }
    if (!failed && !exchange.isSound()) {
      broken.accept("an attempt was answered although " + exchange);
    }
  }

  private void checkUnwritten(CallResult result, Attempt attempt, Consumer<String> broken) {
    boolean dead =
        result.call().wiring() == PlannedCall.Wiring.DEAD_DOMAIN
            && attempt.route().equals("custom-domain");
    if (!dead && !excuse.covers(result, attempt)) {
      broken.accept("no connection was made to a proxy that takes all: " + attempt);
    }
  }
}
