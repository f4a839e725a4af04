package dev.workerclient.internal.route;

/**
 * A failure that says something of its route.
 *
 * @param symptom what it says, not {@link Symptom#NONE}
 * @param undelivered whether it is proven that nothing reached the target
 * @param nanos how long the attempt took
 * @param summary what failed, in one line
 */
public record RouteFailure(Symptom symptom, boolean undelivered, long nanos, String summary) {
  /** What an attempt without an answer says of the whole route. */
  public enum Symptom {
    /** The route failed. */
    FAILING,
    /** The route fails every call until somebody corrects its configuration. */
    MISCONFIGURED,
    /** The route took far longer than is usual on it. */
    SLOW,
    /** Nothing: one request or one path was the cause, or the call was cancelled. */
    NONE
  }
}
