package dev.workerclient.internal.call;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.CallSpec.Header;
import dev.workerclient.internal.http.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * One call under way: what is sent, its deadline, and what has been tried. Used by one thread at a
 * time; {@link #cancellation()} by any.
 */
public final class Call {
  final CallSpec spec;

  /** How often it may be sent. */
  final RetryPolicy retry;

  /** Null if nobody watches. */
  final @Nullable Observer observer;

  final Cancellation cancellation = new Cancellation();

  /** Whether this is a hedge of another call, and so nobody waits for it but that. */
  final boolean hedge;

  private final @Nullable LongSupplier clock;
  private final long end;

  /** Immutable; another one after each attempt. */
  private List<Attempt> attempts = List.of();

  /** Those of the attempts that failed; the same. */
  private List<FailedAttempt> failures = List.of();

  private @Nullable RoutePlan plan;

  /** The wait that the last answer asked for, or null. */
  @Nullable Duration throttle;

  /** Whether the last attempt took far longer than is usual, or was given up since another won. */
  boolean overdue;

  /** Whether the attempt that runs has a hedge when it takes longer than usual. */
  boolean hedged;

  /** Whether an attempt was given up before its usual limit. */
  boolean shortened;

  /** Whether the tokens for the next attempt were taken already. */
  boolean prepaid;

  /** How many attempts were begun that are not among {@link #attempts}, but for its own. */
  private volatile int others;

  /** Sees one call go by, on the thread that runs it. Implementations throw nothing. */
  public interface Observer {
    /** The call begins. */
    void started();

    /**
     * An attempt begins on that route; the first is number 1. Returns headers to send with it.
     *
     * @param url what it requests
     * @param hedge whether it runs beside another one, on a thread of its own
     */
    List<Header> attemptStarted(String route, HttpUrl url, int number, boolean hedge);

    /** An attempt ended. */
    void attemptEnded(Attempt attempt);

    /** The call ended, with an answer if {@code failure} is null. */
    void ended(Duration elapsed, List<Attempt> attempts, @Nullable WorkerException failure);
  }

  /** An attempt and what it failed with. */
  record FailedAttempt(Attempt attempt, Failure failure) {}

  /**
   * Starts a call; its deadline runs from here.
   *
   * @param retry how often it may be sent
   * @param observer sees it go by, or null
   * @param clock tells nanoseconds; null for the system's
   */
  public Call(
      CallSpec spec, RetryPolicy retry, @Nullable Observer observer, @Nullable LongSupplier clock) {
    this.spec = spec;
    this.retry = retry;
    this.observer = observer;
    this.clock = clock;
    this.hedge = false;
    this.end = nanoTime() + spec.limits().callTime().toNanos();
  }

  private Call(Call hedged) {
    this.spec = hedged.spec;
    this.retry = hedged.retry;
    this.observer = hedged.observer;
    this.clock = hedged.clock;
    this.hedge = true;
    this.end = hedged.end;
    this.others = hedged.attempts.size() + 1;
  }

  /** Begins a hedge of this call, to be run beside it on another thread. */
  Call hedge() {
    others = 1;
    return new Call(this);
  }

  /**
   * Takes the attempts of its hedge as its own. The last one is that whose outcome counts.
   *
   * @param won whether that is the hedge's
   */
  void merge(Call hedged, boolean won) {
    others = 0;
    attempts = won ? joined(attempts, hedged.attempts) : inserted(hedged.attempts, attempts);
    failures = joined(failures, hedged.failures);
  }

  /** Goes on without its hedge, which did not end in time. */
  void abandon(Attempt unfinished, Failure failure) {
    others = 0;
    attempts = inserted(List.of(unfinished), attempts);
    failures = with(failures, new FailedAttempt(unfinished, failure));
  }

  /** The second list, with the first before its last element. */
  private static <T> List<T> inserted(List<T> further, List<T> list) {
    int last = Math.max(0, list.size() - 1);
    return joined(joined(list.subList(0, last), further), list.subList(last, list.size()));
  }

  /** Starts a call beside users' calls: nobody watches it, and it goes through its routes once. */
  public static Call beside(CallSpec spec) {
    return new Call(spec, RetryPolicy.ONE_PASS, null, null);
  }

  /** What is sent, and its limits. */
  public CallSpec spec() {
    return spec;
  }

  /** Cancels the call from any thread. */
  public Cancellation cancellation() {
    return cancellation;
  }

  /** What is left until the call's deadline; zero or less once it has passed. */
  Duration timeLeft() {
    return Duration.ofNanos(nanosLeft());
  }

  /** The same in nanoseconds. */
  long nanosLeft() {
    return end - nanoTime();
  }

  long nanoTime() {
    return clock == null ? System.nanoTime() : clock.getAsLong();
  }

  /** Whether it was cancelled, or its thread interrupted. */
  boolean isStopped() {
    return cancellation.isCancelled() || Thread.currentThread().isInterrupted();
  }

  /** Why the call ends before its first attempt, or null if it may begin. */
  @Nullable Failure whyNotBegun() {
    if (nanosLeft() <= 0) {
      return CallFailures.queueTimeout();
    }
    return isStopped() ? CallFailures.cancelled() : null;
  }

  /** How many attempts there have been. */
  int attemptCount() {
    return attempts.size();
  }

  /** The last failure after which its own route may do better; the given one if there is none. */
  Failure lastTransient(Failure otherwise) {
    for (int i = failures.size() - 1; i >= 0; i--) {
      Failure failure = failures.get(i).failure();
      if (failure.sameRouteHelps()) {
        return failure;
      }
    }
    return otherwise;
  }

  /** Whether nothing but the last attempt can have reached the target. */
  boolean wentOnForFree() {
    for (int i = 0; i < attempts.size() - 1; i++) {
      if (attempts.get(i).delivery() != Delivery.NOT_DELIVERED) {
        return false;
      }
    }
    return true;
  }

  /** Tells the observer that the call is over. */
  void ended(@Nullable WorkerException failure) {
    if (observer != null) {
      Duration elapsed = spec.limits().callTime().minusNanos(nanosLeft());
      observer.ended(elapsed, attempts, failure);
    }
  }

  /** What the resend policy knows of it after an attempt on a route. */
  ResendPolicy.State onRoute(boolean pooledConnection, boolean credentialMayChange) {
    return state(pooledConnection, credentialMayChange, false, false, -1);
  }

  /** What it knows between two routes of a pass, or after a pass. */
  ResendPolicy.State between(boolean otherRoute) {
    return state(false, false, otherRoute, retry.repeats(), waitForRoute(0));
  }

  private ResendPolicy.State state(
      boolean pooledConnection,
      boolean credentialMayChange,
      boolean otherRoute,
      boolean passes,
      long nanosUntilPass) {
    return new ResendPolicy.State(
        spec.repeatable(),
        spec.canBeSent(),
        isStopped(),
        retry.maxAttempts() - others - attempts.size(),
        nanosLeft(),
        passes,
        pooledConnection,
        credentialMayChange,
        otherRoute,
        nanosUntilPass);
  }

  /** Whether it has another attempt left after the one that begins. */
  boolean mayAttemptTwice() {
    return number() < retry.maxAttempts();
  }

  /** The number of the attempt that begins. */
  int number() {
    return others + attempts.size() + 1;
  }

  /** Which routes may still be asked; made at the first failure. */
  RoutePlan plan(int routes) {
    RoutePlan made = plan;
    if (made == null) {
      made = new RoutePlan(routes);
      plan = made;
    }
    return made;
  }

  /** Whether the route may be asked in this pass. */
  boolean allows(int route) {
    return plan == null || plan.allows(route);
  }

  /** How long until a route may be asked, as {@link RoutePlan#wait}. */
  long waitForRoute(long backoff) {
    return plan == null ? -1 : plan.wait(nanoTime(), backoff);
  }

  /** Notes that so long was waited, from that time of the call's clock on. */
  void waited(long then, Duration time) {
    if (plan != null) {
      plan.waited(then, time.toNanos());
    }
  }

  void record(Attempt attempt, @Nullable Failure failure) {
    attempts = attempts.isEmpty() ? List.of(attempt) : with(attempts, attempt);
    if (failure != null) {
      failures = with(failures, new FailedAttempt(attempt, failure));
    }
  }

  private static <T> List<T> with(List<T> list, T last) {
    return joined(list, List.of(last));
  }

  private static <T> List<T> joined(List<T> list, List<T> further) {
    List<T> longer = new ArrayList<>(list);
    longer.addAll(further);
    return Collections.unmodifiableList(longer);
  }

  /** How long the attempts took together. */
  long nanosOfAttempts() {
    long nanos = 0;
    for (int i = 0; i < attempts.size(); i++) {
      nanos += attempts.get(i).elapsed().toNanos();
    }
    return nanos;
  }

  /** The attempts so far, in order. */
  public List<Attempt> attempts() {
    return attempts;
  }

  /** Those of them that failed, in order. */
  List<FailedAttempt> failures() {
    return failures;
  }
}
