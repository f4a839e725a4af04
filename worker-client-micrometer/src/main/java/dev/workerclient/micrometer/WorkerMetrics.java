package dev.workerclient.micrometer;

import dev.workerclient.CallInfo;
import dev.workerclient.CallListener;
import dev.workerclient.WorkerClient;
import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Records Micrometer meters for calls and attempts, and gauges for a client's state. Thread-safe.
 *
 * <pre>{@code
 * WorkerMetrics metrics = WorkerMetrics.of(registry);
 * WorkerClient client = WorkerClient.builder().listener(metrics)….build();
 * metrics.bindTo(client);
 * }</pre>
 *
 * <p>The timers {@code worker.client.call} and {@code worker.client.attempt} have the tags {@code
 * service}, {@code operation}, {@code route}, {@code outcome} and {@code error}; {@link
 * WorkerObservations} creates the same timers, so switch them off here if you use both. The
 * counters {@code worker.client.fallbacks} and {@code worker.client.resends} count the attempts
 * after a call's first, and {@code worker.client.hedges} counts hedges by whether they {@code WON}
 * or {@code LOST}.
 */
public final class WorkerMetrics implements CallListener {
  private static final String HEDGES = "worker.client.hedges";

  private final MeterRegistry registry;
  private final boolean timed;
  private final Operations operations;
  private final Map<Key, Timer> timers = new ConcurrentHashMap<>();
  private final Map<Key, Counter> counters = new ConcurrentHashMap<>();

  private record Key(
      String name, String service, String operation, String route, String outcome, String error) {}

  private WorkerMetrics(Builder builder) {
    this.registry = builder.registry;
    this.timed = builder.timers;
    this.operations = new Operations(builder.maxOperations);
  }

  /** Returns a listener that records all meters in that registry. */
  public static WorkerMetrics of(MeterRegistry registry) {
    return builder(registry).build();
  }

  /** Returns a builder of a listener for that registry. */
  public static Builder builder(MeterRegistry registry) {
    return new Builder(Objects.requireNonNull(registry, "registry"));
  }

  /**
   * Adds gauges for the client's breakers, retry budgets and async calls. They don't prevent
   * garbage collection of the client. A client with the same services that is bound later replaces
   * them.
   */
  public void bindTo(WorkerClient client) {
    Objects.requireNonNull(client, "client");
    ClientGauges.bind(registry, client);
  }

  @Override
  public void attemptEnded(CallInfo call, Attempt attempt) {
    if (timed) {
      String error = attempt.failure() == null ? Outcomes.NONE : FailedAttempt.NAME;
      timer("worker.client.attempt", call, attempt.route(), Outcomes.of(attempt), error)
          .record(attempt.elapsed());
    }
  }

  @Override
  public void callEnded(
      CallInfo call, Duration elapsed, List<Attempt> attempts, @Nullable WorkerException failure) {
    if (timed) {
      String error = failure == null ? Outcomes.NONE : failure.getClass().getSimpleName();
      String outcome = Outcomes.of(attempts, failure);
      timer("worker.client.call", call, Outcomes.route(attempts), outcome, error).record(elapsed);
    }
    if (attempts.size() > 1) {
      countRepeats(call, attempts.stream().filter(attempt -> !attempt.isHedge()).toList());
      countHedges(call, attempts);
    }
  }

  /** Counts the attempts after the first: on a route that is new to the call, or on another. */
  private void countRepeats(CallInfo call, List<Attempt> attempts) {
    Set<String> tried = new HashSet<>();
    tried.add(attempts.get(0).route());
    for (int i = 1; i < attempts.size(); i++) {
      String route = attempts.get(i).route();
      String name = tried.add(route) ? "worker.client.fallbacks" : "worker.client.resends";
      counter(name, call, route, Outcomes.of(attempts.get(i - 1))).increment();
    }
  }

  /** Counts the attempts that ran beside another one. */
  private void countHedges(CallInfo call, List<Attempt> attempts) {
    Attempt last = attempts.get(attempts.size() - 1);
    for (Attempt attempt : attempts) {
      if (attempt.isHedge()) {
        String outcome =
            attempt.number() == last.number() && attempt.failure() == null ? "WON" : "LOST";
        counter(HEDGES, call, attempt.route(), outcome).increment();
      }
    }
  }

  private Timer timer(String name, CallInfo call, String route, String outcome, String error) {
    Key key = new Key(name, call.service(), operations.tag(call), route, outcome, error);
    Timer timer = timers.get(key);
    return timer == null ? timers.computeIfAbsent(key, this::newTimer) : timer;
  }

  private Timer newTimer(Key key) {
    return Timer.builder(key.name)
        .tag("service", key.service)
        .tag("operation", key.operation)
        .tag("route", key.route)
        .tag("outcome", key.outcome)
        .tag("error", key.error)
        .register(registry);
  }

  private Counter counter(String name, CallInfo call, String route, String cause) {
    Key key = new Key(name, call.service(), operations.tag(call), route, cause, "");
    return counters.computeIfAbsent(key, this::newCounter);
  }

  private Counter newCounter(Key key) {
    return Counter.builder(key.name)
        .tag("service", key.service)
        .tag("operation", key.operation)
        .tag("route", key.route)
        .tag(key.name.equals(HEDGES) ? "outcome" : "cause", key.outcome)
        .register(registry);
  }

  /** Builds {@link WorkerMetrics}. Not thread-safe. */
  public static final class Builder {
    private final MeterRegistry registry;
    private boolean timers = true;
    private int maxOperations = Operations.MOST;

    private Builder(MeterRegistry registry) {
      this.registry = registry;
    }

    /**
     * Sets whether calls and attempts are timed. Switch it off if {@link WorkerObservations}
     * creates the timers. Default: true.
     */
    public Builder timers(boolean timers) {
      this.timers = timers;
      return this;
    }

    /**
     * Sets how many operations of a service get their own tag value; further ones are counted as
     * {@code OTHER}, with a warning. Default: 100.
     *
     * @throws IllegalArgumentException if it is less than 1; thrown by {@link #build}
     */
    public Builder maxOperations(int operations) {
      this.maxOperations = operations;
      return this;
    }

    /** Returns the listener. */
    public WorkerMetrics build() {
      return new WorkerMetrics(this);
    }
  }
}
