package dev.workerclient.mockserver.chaos;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** When each breaker of a client was in which state. */
final class BreakerWatch {
  /** A change is noted a moment after it has its effect. */
  private static final long MARGIN = Duration.ofMillis(20).toNanos();

  private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
  private final Map<String, ConcurrentNavigableMap<Long, State>> changes =
      new ConcurrentHashMap<>();

  BreakerWatch() {
    registry.getEventPublisher().onEntryAdded(added -> watch(added.getAddedEntry()));
  }

  private void watch(CircuitBreaker breaker) {
    ConcurrentNavigableMap<Long, State> states = new ConcurrentSkipListMap<>();
    states.put(Long.MIN_VALUE, State.CLOSED);
    changes.put(breaker.getName(), states);
    breaker
        .getEventPublisher()
        .onStateTransition(
            event -> states.put(System.nanoTime(), event.getStateTransition().getToState()));
  }

  /** For the client's builder. */
  CircuitBreakerRegistry registry() {
    return registry;
  }

  /** Whether no live route of the service was left out in that span of System.nanoTime(). */
  boolean allWereClosed(String service, long from, long to) {
    return of(service).stream()
        .map(changes::get)
        .allMatch(
            states ->
                states.floorEntry(from).getValue() == State.CLOSED
                    && states.subMap(from, to + MARGIN).isEmpty());
  }

  /** Whether that breaker, {@code <service>.<route>}, is closed now. */
  boolean isClosed(String name) {
    return registry.find(name).map(breaker -> breaker.getState() == State.CLOSED).orElse(false);
  }

  /** How often breakers opened. */
  long openings() {
    return changes.values().stream()
        .flatMap(states -> states.values().stream())
        .filter(state -> state == State.OPEN)
        .count();
  }

  private List<String> of(String service) {
    return changes.keySet().stream()
        .filter(name -> name.startsWith(service + ".") && !name.equals(FaultyFleet.DEAD_ROUTE))
        .toList();
  }
}
