package dev.workerclient.mockserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.mockserver.chaos.PlannedCall.Wiring;
import dev.workerclient.mockserver.faults.Exchange;
import dev.workerclient.mockserver.faults.FaultyTcpProxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What happened in a run. */
record Report(List<CallResult> results, FaultyFleet faulty, BreakerWatch breakers) {
  private static final int KINDS_OF_FAULTS = 9;

  /** Guards the rules against holding of nothing. */
  void requireThatTheRulesHadSomethingToHoldOf() {
    assertThat(faulty.faulty())
        .allSatisfy(
            proxy ->
                assertThat(count(proxy.exchanges(), Report::name))
                    .as("each kind of fault struck, and some exchanges none")
                    .hasSize(KINDS_OF_FAULTS + 1));
    assertThat(breakers.openings()).as("breakers opened").isPositive();
    assertThat(results.stream().filter(CallResult::isAnswered).count())
        .as("most calls were answered")
        .isGreaterThan(results.size() / 2);
    assertThat(results)
        .as("a call went on after its first route took no connection")
        .anyMatch(
            result ->
                result.isAnswered()
                    && result.attempts().get(0).delivery() == Delivery.NOT_DELIVERED);
    assertThat(results)
        .as("a GET was hedged")
        .anyMatch(result -> result.attempts().stream().anyMatch(Attempt::isHedge));
    assertThat(results)
        .as("no POST was")
        .noneMatch(
            result ->
                !result.call().isRepeatable()
                    && result.attempts().stream().anyMatch(Attempt::isHedge));
    assertThat(results)
        .as("a GET was saved by its second route")
        .anyMatch(
            result ->
                result.call().wiring() == Wiring.STEADY_DOMAIN
                    && result.isAnswered()
                    && result.attempts().size() == 2);
    assertThat(results)
        .as("a call was saved by a route that had failed it before")
        .anyMatch(
            result ->
                result.isAnswered()
                    && result.attempts().stream().map(Attempt::route).distinct().count()
                        < result.attempts().size());
  }

  /** The same for the rule on connections that were closed while they were idle. */
  void requireThatIdleConnectionsWereClosed() {
    assertThat(faulty.all())
        .as("a connection was ended by its server")
        .anyMatch(proxy -> !proxy.endedByServer().isEmpty());
    assertThat(results).as("a call was answered").anyMatch(CallResult::isAnswered);
  }

  @Override
  public String toString() {
    List<Exchange> exchanges =
        faulty.faulty().stream().flatMap(proxy -> proxy.exchanges().stream()).toList();
    List<Attempt> attempts =
        results.stream().flatMap(result -> result.attempts().stream()).toList();
    return "  calls "
        + count(results, result -> result.call().kind() + " " + result.outcome())
        + "\n  attempts "
        + count(attempts, Report::name)
        + "\n  exchanges "
        + count(exchanges, Report::name)
        + "\n  connections "
        + faulty.faulty().stream().mapToInt(FaultyTcpProxy::accepted).sum()
        + ", ended by the server "
        + faulty.faulty().stream().mapToInt(proxy -> proxy.endedByServer().size()).sum()
        + "; breakers opened "
        + breakers.openings()
        + " times";
  }

  private static String name(Exchange exchange) {
    return exchange.isStruck() ? exchange.fault().getClass().getSimpleName() : "spared";
  }

  private static String name(Attempt attempt) {
    String failure = attempt.failure();
    return failure == null ? "answered" : failure + " " + attempt.delivery();
  }

  private static <T> Map<String, Long> count(Collection<T> things, Function<T, String> name) {
    return things.stream()
        .collect(Collectors.groupingBy(name, TreeMap::new, Collectors.counting()));
  }
}
