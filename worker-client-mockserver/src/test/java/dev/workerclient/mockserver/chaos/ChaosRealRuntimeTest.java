package dev.workerclient.mockserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.CircuitBreakerOptions;
import dev.workerclient.WorkerClient;
import dev.workerclient.mockserver.workerd.Installed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Thousands of calls through faults of all kinds, and beside them bursts of calls with pauses, in
 * which servers end idle connections; judged by what the faulty proxies did and what the target
 * counted. {@code -Dchaos.calls=1000000} makes it longer (half of them on each runtime), {@code
 * -Dchaos.seed=…} makes other calls, pauses and faults.
 */
@Tag("workerd")
class ChaosRealRuntimeTest {
  private static final int RUNTIMES = 2;
  private static final int CALLS = Integer.getInteger("chaos.calls", 20_000) / RUNTIMES;
  private static final long SEED = Long.getLong("chaos.seed", 20_261_101);
  private static final int AT_ONCE = 32;
  private static final int WARM_UP = 500;
  private static final Duration ATTEMPT_TIME = Duration.ofMillis(300);
  private static final CircuitBreakerOptions SOON = FaultyFleet.opensFor(Duration.ofMillis(200));
  private static final CircuitBreakerOptions DEFAULT = CircuitBreakerOptions.ofDefaults();
  private static final Duration USUAL_EXCHANGE = Duration.ofMillis(20);

  /** Busy connections, which end before workerd ends them. */
  private final ConnectionPool pool = new ConnectionPool(AT_ONCE, 2, TimeUnit.SECONDS);

  /** Connections that stay in the pool for longer than any server keeps them. */
  private final ConnectionPool idlePool = new ConnectionPool(3 * AT_ONCE, 5, TimeUnit.MINUTES);

  @ParameterizedTest
  @MethodSource("dev.workerclient.mockserver.workerd.Installed#all")
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void noCallRunsTwiceOrIsLostOrOverstays(Installed runtime) throws Exception {
    System.out.printf("chaos on %s: %d calls, seed %d%n", runtime, CALLS, SEED);
    try (UncaughtExceptions uncaught = new UncaughtExceptions();
        LedgerFleet fleet = LedgerFleet.on(runtime);
        FaultyFleet faulty = new FaultyFleet(fleet, SEED, () -> Duration.ZERO);
        FaultyFleet idling = new FaultyFleet(fleet, SEED + 2, IdleTraffic.idleTimes(SEED));
        Canary timers = new Canary(HandOffs.TIME, HandOffs::timeOut);
        Canary exchanges = new Canary(USUAL_EXCHANGE, () -> probe(fleet))) {
      BreakerWatch breakers = new BreakerWatch();
      BreakerWatch idleBreakers = new BreakerWatch();
      List<CallResult> results;
      List<CallResult> idleResults;
      try (WorkerClient client = client(faulty.client(SOON), breakers, pool);
          WorkerClient idleClient = client(idling.client(DEFAULT), idleBreakers, idlePool)) {
        List<CallResult> unjudged = Traffic.send(client, SEED, "warmup", WARM_UP, AT_ONCE);
        assertThat(unjudged).hasSize(WARM_UP);
        long start = System.nanoTime();
        IdleTraffic idle = new IdleTraffic(idleClient, SEED, AT_ONCE);
        results = Traffic.send(client, SEED, "c", CALLS, AT_ONCE);
        System.out.printf("in %d ms%n", (System.nanoTime() - start) / 1_000_000);
        idleResults = idle.end();
        System.out.printf("with pauses, %d ms%n", (System.nanoTime() - start) / 1_000_000);
        Aftermath.everyPlaceIsFree(client, AT_ONCE);
        faulty.endFaults();
        Aftermath.everyRouteRecovers(client, breakers);
        Aftermath.noConnectionIsInUse(pool, faulty);
      }
      Aftermath.noThreadIsLeft();
      Report report = new Report(results, faulty, breakers);
      Report idleReport = new Report(idleResults, idling, idleBreakers);
      System.out.println(report + "\n beside it, with pauses:\n" + idleReport);
      Excuse excuse = new Excuse(exchanges);
      judge(report, fleet, new EndRule(breakers, false, excuse), excuse, timers);
      judge(idleReport, fleet, new EndRule(idleBreakers, true, excuse), excuse, timers);
      report.requireThatTheRulesHadSomethingToHoldOf();
      idleReport.requireThatIdleConnectionsWereClosed();
      assertThat(results).hasSize(CALLS);
      assertThat(uncaught.seen()).as("what threads died of").isEmpty();
    }
  }

  private static void judge(
      Report report, LedgerFleet fleet, EndRule end, Excuse excuse, Canary timers) {
    FaultLog faults = report.faulty().log();
    AttemptsRule attempts = new AttemptsRule(faults, excuse);
    assertThat(
            Verdict.breaches(
                report.results(),
                new RunsRule(fleet.runs()),
                attempts,
                new ClosedConnectionRule(faults, timers),
                end,
                new DeadlineRule(ATTEMPT_TIME, timers)))
        .as("breaches of the rules with seed %d", SEED)
        .isEmpty();
    attempts.unexplained().forEach(System.out::println);
    assertThat(attempts.unexplained())
        .as("failures that nothing explains, with seed %d", SEED)
        .hasSizeLessThanOrEqualTo(1 + report.results().size() / 20_000);
  }

  private static WorkerClient client(
      WorkerClient.Builder builder, BreakerWatch breakers, ConnectionPool pool) {
    return builder
        .attemptTimeout(ATTEMPT_TIME)
        .callTimeout(PlannedCall.CALL_TIME)
        .maxConcurrentCalls(AT_ONCE)
        .circuitBreakerRegistry(breakers.registry())
        .okHttpClient(new OkHttpClient.Builder().connectionPool(pool).build())
        .build();
  }

  private static void probe(LedgerFleet fleet) {
    LockSupport.parkNanos(USUAL_EXCHANGE.dividedBy(2).toNanos());
    fleet.runByProxy("probe");
  }
}
