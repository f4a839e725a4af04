package dev.workerclient.internal.classify;

/**
 * What is known of one Cloudflare code.
 *
 * @param kind the exception it becomes
 * @param delivery what the code says of a run, where no target can have passed it on
 * @param sameRouteHelps whether the same route may do better a little later
 * @param otherRouteHelps whether another route may do better at once
 * @param cause what it means
 * @param fix what to do
 */
record CloudflareCode(
    FailureKind kind,
    Run delivery,
    boolean sameRouteHelps,
    boolean otherRouteHelps,
    String cause,
    String fix) {

  /** What a code says of the target by its meaning. */
  enum Run {
    /** The platform answered before any code of the target could run. */
    EXCLUDED,
    /** The code is only ever sent after the target ran. */
    CERTAIN,
    /** Either is possible. */
    POSSIBLE
  }
}
