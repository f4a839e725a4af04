package dev.workerclient.mockserver.chaos;

import dev.workerclient.CircuitBreakerOptions;
import dev.workerclient.RetryBudgetOptions;
import dev.workerclient.RetryOptions;
import dev.workerclient.WorkerClient;
import dev.workerclient.mockserver.chaos.PlannedCall.Wiring;
import dev.workerclient.mockserver.faults.CorruptChunk;
import dev.workerclient.mockserver.faults.DeadPort;
import dev.workerclient.mockserver.faults.Fault;
import dev.workerclient.mockserver.faults.FaultPlan;
import dev.workerclient.mockserver.faults.Faults;
import dev.workerclient.mockserver.faults.FaultyTcpProxy;
import dev.workerclient.mockserver.faults.SeededFaultPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ledger's fleet with faults before both its routes, a steady and a dead domain beside. */
final class FaultyFleet implements AutoCloseable {
  /** A service on the custom domain without faults alone, whose calls are sent once. */
  static final String STEADY = "STEADY";

  /** The breaker of the route that takes no connection. */
  static final String DEAD_ROUTE = Wiring.DEAD_DOMAIN + ".custom-domain";

  private static final Duration LONG = Duration.ofSeconds(10);
  private static final int OUTAGE_EVERY = 2_500;
  private static final int OUTAGE = 100;
  private static final Pattern NUMBER = Pattern.compile("[?&]id=c(\\d+)");

  final FaultyTcpProxy proxy;
  final FaultyTcpProxy domain;
  final FaultyTcpProxy steady;
  private volatile boolean over;
  private final DeadPort dead = new DeadPort();

  /**
   * Starts one.
   *
   * @param idleTimes of connections that its proxies end; see {@link FaultyTcpProxy#to}
   */
  FaultyFleet(LedgerFleet fleet, long seed, Supplier<Duration> idleTimes) {
    FaultPlan proxyFaults = faults(seed);
    FaultPlan domainFaults = faults(seed + 1);
    int ledger = fleet.port("direct-ledger");
    proxy =
        FaultyTcpProxy.to(fleet.port("proxy"), line -> withOutages(proxyFaults, line), idleTimes);
    domain =
        FaultyTcpProxy.to(ledger, line -> over ? Faults.NONE : domainFaults.next(line), idleTimes);
    steady = FaultyTcpProxy.to(ledger, FaultPlan.always(Faults.NONE), idleTimes);
  }

  /** Few enough that calls are answered all the same, each at any place of an exchange. */
  private static FaultPlan faults(long seed) {
    return new SeededFaultPlan(seed)
        .add(
            0.040,
            random -> new Faults.Delay(millis(random.nextInt(60)), millis(random.nextInt(40))))
        .add(0.004, random -> new Faults.Blackhole())
        .add(0.004, random -> new Faults.SwallowResponse())
        .add(0.006, random -> new Faults.CutRequest(random.nextInt(800)))
        .add(0.006, random -> new Faults.CutResponse(random.nextInt(800)))
        .add(0.004, random -> new Faults.ResetRequest())
        .add(0.006, random -> new Faults.ResetResponse(random.nextInt(800)))
        .add(0.006, random -> new Faults.HalfClose())
        .add(0.006, random -> new CorruptChunk());
  }

  /** For a while everything fails, so that breakers open. */
  private Fault withOutages(FaultPlan faults, String requestLine) {
    if (over) {
      return Faults.NONE;
    }
    Matcher number = NUMBER.matcher(requestLine);
    boolean outage =
        number.find() && Integer.parseInt(number.group(1)) % OUTAGE_EVERY >= OUTAGE_EVERY - OUTAGE;
    return outage ? new Faults.ResetRequest() : faults.next(requestLine);
  }

  private static Duration millis(int millis) {
    return Duration.ofMillis(millis);
  }

  /** From now on nothing is done to any exchange. */
  void endFaults() {
    over = true;
  }

  /**
   * A client whose services are wired as their names say. Their budgets are not used up; one
   * service has no breakers, and one a health path and the default budget.
   */
  WorkerClient.Builder client(CircuitBreakerOptions breaker) {
    return WorkerClient.builder()
        .bindingProxy(proxy.url(), own -> own.bearerToken(LedgerFleet.TOKEN))
        .circuitBreaker(breaker)
        .retryBudget(RetryBudgetOptions.builder().capacity(1_000_000).build())
        .service(
            Wiring.PROXY_FIRST.name(),
            own ->
                own.customDomain(domain.url())
                    .healthPath("/health")
                    .retryBudget(RetryBudgetOptions.ofDefaults()))
        .service(
            Wiring.DOMAIN_FIRST.name(),
            own ->
                own.customDomain(domain.url())
                    .routes("custom-domain", "binding-proxy")
                    .circuitBreaker(CircuitBreakerOptions.disabled()))
        .service(Wiring.STEADY_DOMAIN.name(), own -> own.customDomain(steady.url()))
        .service(
            Wiring.DEAD_DOMAIN.name(),
            own ->
                own.customDomain(dead.url())
                    .routes("custom-domain", "binding-proxy")
                    .circuitBreaker(opensFor(Duration.ofMillis(20))))
        .service(
            STEADY,
            own ->
                own.customDomain(steady.url())
                    .routes("custom-domain")
                    .attemptTimeout(LONG)
                    .callTimeout(LONG)
                    .retry(RetryOptions.builder().maxAttempts(1).build())
                    .circuitBreaker(CircuitBreakerOptions.disabled()));
  }

  /** A breaker that tries again after that time. */
  static CircuitBreakerOptions opensFor(Duration time) {
    return CircuitBreakerOptions.builder().openTime(time).build();
  }

  /** How many connections are open to any of them. */
  int open() {
    return proxy.open() + domain.open() + steady.open();
  }

  List<FaultyTcpProxy> faulty() {
    return List.of(proxy, domain);
  }

  List<FaultyTcpProxy> all() {
    return List.of(proxy, domain, steady);
  }

  FaultLog log() {
    return new FaultLog(
        Map.of(proxy, "binding-proxy", domain, "custom-domain", steady, "custom-domain"));
  }

  @Override
  public void close() {
    try (proxy;
        domain;
        steady) {
      dead.close();
    }
  }
}
