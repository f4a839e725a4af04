package dev.workerclient.mockserver;

import dev.workerclient.RouteKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Scripts a sequence of responses for a route. Every request counts, including each retry, and the
 * GET of the health path with which a client probes a failed route. Thread-safe.
 *
 * <pre>{@code
 * binding.fails(Fault.hang()).times(2).thenAnswers(json("{}"));       // the first two
 * binding.answers(json("{}")).times(3).thenFails(Fault.error1101());  // from the fourth on
 * binding.answers(json("{}")).sometimesFails(0.1, 42, Fault.resetBeforeAnswer());
 * }</pre>
 *
 * <p>The last step repeats forever, unless {@link #times} limits it; further requests are then
 * unexpected.
 */
public final class Schedule {
  private final RouteKind kind;
  private final List<ScheduleStep> steps = new ArrayList<>();
  private int current;
  private @Nullable Script upcoming;

  private Schedule(RouteKind kind) {
    this.kind = kind;
  }

  static Schedule ofAnswer(
      RouteKind kind, Function<RecordedRequest, MockAnswer> answer, String name) {
    return new Schedule(kind).add(new TargetAnswers(answer), name);
  }

  static Schedule ofFault(RouteKind kind, Fault fault) {
    return new Schedule(kind).add(fault.scriptFor(kind), fault.toString());
  }

  /**
   * Limits the last step to that many requests.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public synchronized Schedule times(int requests) {
    if (requests < 1) {
      throw new IllegalArgumentException("times was given " + requests + "; write 1 or more");
    }
    last().limit(requests);
    return this;
  }

  /**
   * Answers the following requests.
   *
   * @throws IllegalStateException if the previous step is not limited by {@link #times}
   */
  public Schedule thenAnswers(MockAnswer answer) {
    Objects.requireNonNull(answer, "answer");
    return then(new TargetAnswers(request -> answer), answer.toString());
  }

  /**
   * Answers the following requests with the result of a function; see {@link
   * MockRoute#answers(Function)}.
   *
   * @throws IllegalStateException if the previous step is not limited by {@link #times}
   */
  public Schedule thenAnswers(Function<RecordedRequest, MockAnswer> answer) {
    Objects.requireNonNull(answer, "answer");
    return then(new TargetAnswers(answer), MockRoute.BY_FUNCTION);
  }

  /**
   * Fails the following requests.
   *
   * @throws IllegalStateException if the previous step is not limited by {@link #times}
   * @throws IllegalArgumentException if the fault can't happen on this route
   */
  public Schedule thenFails(Fault fault) {
    Objects.requireNonNull(fault, "fault");
    return then(fault.scriptFor(kind), fault.toString());
  }

  /**
   * Fails some requests of the last step instead. They are chosen by a random generator with that
   * seed, so that every run is the same. May be called more than once.
   *
   * @param probability of each request, from 0 to 1
   * @throws IllegalArgumentException if the probability is not from 0 to 1, or the fault can't
   *     happen on this route
   */
  public synchronized Schedule sometimesFails(double probability, long seed, Fault fault) {
    Objects.requireNonNull(fault, "fault");
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "probability was given as " + probability + "; write one from 0 to 1, as 0.1");
    }
    last().sometimes(probability, seed, fault.scriptFor(kind), fault.toString());
    return this;
  }

  /** Whether the next request is left unread; it has then been used up. */
  synchronized boolean takeUnread() {
    Script next = upcoming();
    if (next == null || !next.leavesRequestUnread()) {
      return false;
    }
    upcoming = null;
    return true;
  }

  /** What happens to the next request; null if nothing is left. */
  synchronized @Nullable Script take() {
    Script next = upcoming();
    upcoming = null;
    return next;
  }

  /** What the next request would meet; null if nothing is left. It is not used up. */
  synchronized @Nullable Script peek() {
    return upcoming();
  }

  private @Nullable Script upcoming() {
    while (upcoming == null && current < steps.size()) {
      upcoming = steps.get(current).next();
      if (upcoming == null) {
        current++;
      }
    }
    return upcoming;
  }

  private synchronized Schedule then(Script script, String name) {
    if (!last().isLimited()) {
      throw new IllegalStateException(
          last() + " has no end; write .times(n) after it, then what comes next");
    }
    return add(script, name);
  }

  private Schedule add(Script script, String name) {
    steps.add(new ScheduleStep(script, name));
    return this;
  }

  private ScheduleStep last() {
    return steps.get(steps.size() - 1);
  }

  @Override
  public synchronized String toString() {
    return steps.stream().map(ScheduleStep::toString).collect(Collectors.joining(", then "));
  }
}
