package dev.workerclient.internal.classify.table;

/**
 * One row of the table, and the words that a row is written in. Immutable.
 *
 * @param id the code, status, text or name that it is known by
 * @param kind the exception it becomes
 * @param status the HTTP status it comes with, or 0 if that is not documented or varies
 * @param evidence what the row is known from
 * @param run what it says of a run of the target, if no target can have passed it on
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

  /** Begins a row; a status of 0 says that it is not documented or varies. */
  static Row row(String id, FailureKind kind, int status, Evidence evidence) {
    return new Row(id, kind, status, evidence);
  }

  static Row row(int code, FailureKind kind, int status, Evidence evidence) {
    return row(Integer.toString(code), kind, status, evidence);
  }

  /** Who can mend it. */
  public enum Actor {
    CALLER,
    ZONE_OWNER,
    WORKER_OWNER,
    ORIGIN_OWNER,
    ACCOUNT_OWNER,
    PROXY_OWNER,
    CLOUDFLARE
  }

  /** What a row is known from. Delivery and resending are always inferred from the meaning. */
  public enum Evidence {
    /** A Cloudflare page, an RFC, or the binding proxy's own protocol states it. */
    DOCUMENTED,
    /** Captured from Cloudflare, or measured on workerd. */
    OBSERVED,
    /** Derived from a list that gives no more than a category, or from neighbouring codes. */
    INFERRED
  }

  /** What an error says, by its meaning, of whether code of the target ran. */
  public enum Run {
    /** It comes before any code of the target can run. */
    EXCLUDED,
    /** It only ever comes after code of the target ran. */
    CERTAIN,
    /** Either is possible. */
    POSSIBLE
  }

  /** Whether the route that failed may do better when it is asked again. */
  public enum SameRoute {
    /** Not before somebody changes something. */
    NO,
    /** Within a call: it is transient. */
    SOON,
    /** After minutes, so not within a call. */
    LATER
  }

  /** Whether another route to the same service may do better at once. */
  public enum OtherRoute {
    HELPS,
    FAILS_TOO
  }

  /** How much of a service an error speaks of. */
  public enum Scope {
    /** This request; another one may well pass. */
    REQUEST,
    /** This path, or the rule that matches it. */
    PATH,
    /** Everything on this route. */
    ROUTE,
    /** Everything of the account, whichever route. */
    ACCOUNT
  }

  /** Writes a row: first what is special about it, last its meaning and fix. */
  static final class Row {
    private final String id;
    private final FailureKind kind;
    private final int status;
    private final Evidence evidence;
    private Run run = Run.POSSIBLE;
    private boolean provenOnProxy;
    private SameRoute sameRoute = SameRoute.NO;
    private OtherRoute otherRoute = OtherRoute.HELPS;
    private Scope scope = Scope.ROUTE;
    private boolean misconfigured;
    private Actor actor = Actor.ZONE_OWNER;
    private int statusToHandOn;

    private Row(String id, FailureKind kind, int status, Evidence evidence) {
      this.id = id;
      this.kind = kind;
      this.status = status;
      this.evidence = evidence;
      this.statusToHandOn = kind.statusToHandOn();
    }

    Row run(Run value) {
      this.run = value;
      return this;
    }

    Row provenOnProxy() {
      this.provenOnProxy = true;
      return this;
    }

    Row resend(SameRoute same, OtherRoute other) {
      this.sameRoute = same;
      this.otherRoute = other;
      return this;
    }

    Row about(Scope what, Actor who) {
      this.scope = what;
      this.actor = who;
      return this;
    }

    /** Says that every call on the route fails so until somebody corrects its configuration. */
    Row misconfigured() {
      this.misconfigured = true;
      return this;
    }

    Row handOn(int httpStatus) {
      this.statusToHandOn = httpStatus;
      return this;
    }

    KnownError means(String meaning, String fix) {
      return new KnownError(
          id,
          kind,
          status,
          evidence,
          run,
          provenOnProxy,
          sameRoute,
          otherRoute,
          scope,
          misconfigured,
          actor,
          statusToHandOn,
          meaning,
          fix);
    }
  }
}
