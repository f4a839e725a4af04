package dev.workerclient.internal.classify.table;

/**
 * One row of the table. Immutable.
 *
 * @param id the code, status, text or name that it is known by
 * @param kind the exception it becomes
 * @param status the HTTP status it comes with, or 0 where that is not documented or varies
 * @param evidence what the row is known from
 * @param run what it says of a run of the target, where no target can have passed it on
 * @param provenOnProxy whether it proves on the binding-proxy route that nothing ran, where the
 *     outcome is missing: the proxy marks each of its answers, so it did not pass this one on
 * @param sameRoute whether the same route may do better
 * @param otherRoute whether another route may do better
 * @param scope how much of the service it speaks of
 * @param misconfigured whether every call on the route fails so until somebody corrects it
 * @param actor who can mend it
 * @param statusToHandOn the HTTP status to hand to one's own caller
 * @param meaning what it means, as the cause in a diagnosis
 * @param fix what to do
 */
public record KnownError(
    String id,
    FailureKind kind,
    int status,
    Evidence evidence,
    Run run,
    boolean provenOnProxy,
    SameRoute sameRoute,
    OtherRoute otherRoute,
    Scope scope,
    boolean misconfigured,
    Actor actor,
    int statusToHandOn,
    String meaning,
    String fix) {

  /** Whether the same route may do better within a call. */
  public boolean sameRouteHelps() {
    return sameRoute == SameRoute.SOON;
  }

  /** Whether another route may do better at once. */
  public boolean otherRouteHelps() {
    return otherRoute == OtherRoute.HELPS;
  }
}
