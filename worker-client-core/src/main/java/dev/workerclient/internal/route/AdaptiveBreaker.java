package dev.workerclient.internal.route;

import dev.workerclient.internal.route.RouteFailure.Symptom;
import dev.workerclient.internal.route.TrySchedule.Pace;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A breaker that never refuses everybody while something is answered: docs/retries.md has its
 * rules.
 */
final class AdaptiveBreaker extends RouteBreaker {
  /** At this share of answers and above, the route takes every call. */
  private static final double HALF = 0.5;

  /** Below this share, calls are refused if no other route is healthier. */
  private static final double SHED = 0.4;

  /** Below this share, nothing is answered. */
  private static final double NOTHING = 0.05;

  /** Up to this, the limit of concurrent calls doubles; beyond it there is no limit. */
  private static final int NO_LIMIT = 64;

  private final AnsweredShare share = new AnsweredShare();

  /**
   * The share that took no longer than usual. To be slow is a reason to prefer another route, and
   * never one to refuse a call.
   */
  private final AnsweredShare onTime = new AnsweredShare();

  private final TrySchedule tries;
  private final BreakerWindow window;

  /** Another object each time that the route is closed to calls; see {@link #isCurrent}. */
  private volatile Object opening = new Object();

  /** How many calls the route takes at once; with 0 it is only tried. */
  private volatile int limit = NO_LIMIT;

  /** How many there are, if there is a limit. */
  private int underWay;

  /** Whether a call failed since calls began to return. */
  private boolean relapsed;

  /** When it was tried last, in milliseconds; 0 if never. */
  private volatile long triedAt;

  /** What the last call that was not admitted waits for. */
  private Pace pace = Pace.ALONE;

  AdaptiveBreaker(String name, Policy policy, BreakerLog log) {
    super(policy, log);
    this.tries = new TrySchedule(policy.random());
    this.window = new BreakerWindow(name, policy);
  }

  /** The admission of a try: to be told from others of the same opening. */
  private record Try(Object opening, Pace pace) {}

  @Override
  public State state() {
    return window.state();
  }

  @Override
  public boolean isClosed() {
    return window.isSetByUser() ? isClosedByUser() : takesAll();
  }

  @Override
  public @Nullable Object admitIfClosed() {
    Object admission = opening;
    return isClosed() ? admission : null;
  }

  private boolean takesAll() {
    return limit == NO_LIMIT && worth() >= HALF;
  }

  /** The share of attempts that were answered, and in time. */
  private double worth() {
    return Math.min(share.value(), onTime.value());
  }

  private synchronized boolean isClosedByUser() {
    return switch (usersState()) {
      case DISABLED, METRICS_ONLY -> true;
      case OPEN, FORCED_OPEN -> false;
      case CLOSED, HALF_OPEN -> takesAll();
    };
  }

  /** The state that the user set and that still holds; closed if there is none. */
  private State usersState() {
    if (!window.isSetByUser()) {
      return State.CLOSED;
    }
    State state = window.state();
    if (state == State.CLOSED) {
      window.accept();
      begin();
      log.reset();
    } else if (state == State.HALF_OPEN) {
      window.accept();
      limitTo(1);
    }
    return state;
  }

  @Override
  double health() {
    boolean shut = window.isSetByUser() && !isClosed();
    return shut || limit < NO_LIMIT ? 0 : worth();
  }

  @Override
  public synchronized Duration opensAgainIn() {
    boolean waits = !takesAll() && !window.isSetByUser() && tries.isBegun();
    long left = waits ? tries.left(now(), pace, lastFailure) : 0;
    return Duration.ofMillis(Math.max(0, left));
  }

  @Override
  public @Nullable Object admit(List<RouteBreaker> others) {
    Object closed = admitIfClosed();
    return closed == null ? admitSome(others) : closed;
  }

  /** No other route is healthier: so many calls as are answered, or else a try. */
  private synchronized @Nullable Object admitSome(List<RouteBreaker> others) {
    State users = usersState();
    if (users == State.OPEN || users == State.FORCED_OPEN) {
      return admitByUser();
    }
    if (limit == NO_LIMIT && policy.random().getAsDouble() < share.value() / SHED) {
      window.show(State.CLOSED);
      return opening;
    }
    Object step = step();
    return step == null && isItsTurn(others) ? tryAt(Pace.ALONE) : step;
  }

  /**
   * If nothing is answered on other routes either, they are tried in turn, and one in the time of a
   * try: a service that is dead gets no more requests because it has several routes.
   */
  private boolean isItsTurn(List<RouteBreaker> others) {
    for (RouteBreaker other : others) {
      if (other instanceof AdaptiveBreaker dead && dead.limit == 0) {
        long since = dead.triedAt;
        if (since < triedAt || tries.left(now(), Pace.ALONE, lastFailure, since) > 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** What the user opened, resilience4j lets be half-open when its time has come. */
  private @Nullable Object admitByUser() {
    if (!window.lets()) {
      return null;
    }
    usersState();
    return step();
  }

  @Override
  public synchronized @Nullable Object admitStep() {
    State users = usersState();
    if (users == State.OPEN || users == State.FORCED_OPEN) {
      return null; // It may have been opened while calls returned.
    }
    return relapsed && worth() < HALF ? null : step();
  }

  private @Nullable Object step() {
    if (limit == NO_LIMIT || underWay >= limit) {
      return null;
    }
    underWay++;
    window.show(State.HALF_OPEN);
    return opening;
  }

  @Override
  public synchronized boolean isTryDue(boolean beside) {
    State users = usersState();
    if (users == State.OPEN || users == State.FORCED_OPEN) {
      return users == State.OPEN;
    }
    boolean due = isDue(beside ? Pace.BESIDE : Pace.PAID);
    if (!due && window.state() == State.CLOSED) {
      open(true);
    }
    return due;
  }

  private boolean isDue(Pace next) {
    pace = next;
    return tries.left(now(), next, lastFailure) <= 0;
  }

  @Override
  public synchronized @Nullable Object admitTry(boolean beside) {
    State users = usersState();
    if (users == State.OPEN || users == State.FORCED_OPEN) {
      return admitByUser();
    }
    return takesAll() ? null : tryAt(beside ? Pace.BESIDE : Pace.PAID);
  }

  private @Nullable Object tryAt(Pace next) {
    if (!isDue(next)) {
      return null;
    }
    triedAt = now();
    tries.tried(triedAt);
    if (limit < NO_LIMIT || next != Pace.ALONE) {
      window.show(State.HALF_OPEN);
    }
    return new Try(opening, next);
  }

  @Override
  public void succeeded(Object admission, long nanos) {
    long now = clock.millis();
    if (admission == opening && limit == NO_LIMIT && share.staysAll(now) && onTime.staysAll(now)) {
      misconfiguration.reset();
      window.succeeded(nanos);
    } else {
      answered(admission, nanos, now);
    }
  }

  private synchronized void answered(Object admission, long nanos, long now) {
    if (!isCurrent(admission)) {
      return;
    }
    misconfiguration.reset();
    window.succeeded(nanos);
    share.add(true, now);
    onTime.add(true, now);
    ended(admission);
    if (admission instanceof Try attempt) {
      relapsed = false;
      if (attempt.pace() != Pace.ALONE && limit == NO_LIMIT && !takesAll()) {
        limitTo(0); // It was skipped, so calls return to it step by step.
      }
    }
    if (limit < NO_LIMIT) {
      limit = limit == 0 ? 1 : limit * 2;
    }
    if (takesAll()) {
      tries.recovered(now);
      window.show(State.CLOSED);
      log.recovered();
    }
  }

  @Override
  public synchronized void failed(
      Object admission, RouteFailure failure, Object call, Throwable exception) {
    if (!isCurrent(admission)) {
      return;
    }
    lastFailure = failure;
    boolean misconfigured = failure.symptom() == Symptom.MISCONFIGURED;
    if (!misconfigured) {
      misconfiguration.reset();
    }
    window.failed(failure.nanos(), exception);
    share.add(false, now());
    ended(admission);
    if (share.value() < HALF) {
      tries.begin(now());
    }
    if ((misconfigured && misconfiguration.seen(call)) || share.value() < NOTHING) {
      if (limit > 0) { // Else another try may be under way.
        limitTo(0);
      }
      open(false);
    } else {
      stepBack();
    }
    tryFailed(admission);
  }

  private void stepBack() {
    if (isReturning()) {
      limit = Math.max(1, limit / 2);
      relapsed = true;
    }
  }

  @Override
  public synchronized boolean overdue(
      Object admission, RouteFailure failure, boolean answered, @Nullable Throwable exception) {
    if (!isCurrent(admission)) {
      return true;
    }
    lastFailure = failure;
    long now = now();
    if (answered) {
      window.succeeded(failure.nanos());
      share.add(true, now);
    } else if (exception != null) {
      window.failed(failure.nanos(), exception);
    }
    onTime.add(false, now);
    ended(admission);
    if (onTime.value() < HALF) {
      tries.begin(now);
    }
    stepBack();
    tryFailed(admission);
    return true;
  }

  @Override
  public synchronized void released(Object admission) {
    if (isCurrent(admission)) {
      ended(admission);
      if (admission instanceof Try) {
        tries.wasted();
      }
      tryFailed(admission);
    }
  }

  private void tryFailed(Object admission) {
    if (admission instanceof Try && window.state() == State.HALF_OPEN && !isReturning()) {
      window.show(State.OPEN);
    }
  }

  private boolean isReturning() {
    return limit > 0 && limit < NO_LIMIT;
  }

  private void ended(Object admission) {
    if (limit < NO_LIMIT && !(admission instanceof Try)) {
      underWay--;
    }
  }

  /**
   * Whether the admission was given since the route was last closed to calls: one from before
   * speaks of the past.
   */
  private boolean isCurrent(Object admission) {
    return opening == (admission instanceof Try attempt ? attempt.opening() : admission);
  }

  /** Closes the route to calls, but for so many at once. */
  private void limitTo(int calls) {
    opening = new Object();
    limit = calls;
    underWay = 0;
    relapsed = false;
    tries.begin(now());
  }

  private void open(boolean skipped) {
    RouteFailure last = lastFailure;
    window.show(State.OPEN);
    if (last != null) {
      log.opened(last, skipped);
    }
  }

  private void begin() {
    opening = new Object();
    limit = NO_LIMIT;
    share.clear();
    onTime.clear();
    tries.clear();
    log.recovered();
  }

  @Override
  synchronized void forget() {
    window.clear();
    begin();
  }

  private long now() {
    return clock.millis();
  }
}
