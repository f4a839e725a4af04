package dev.workerclient.internal.classify.table;

/** Writes one {@link KnownError}: first what is special about it, last its meaning and fix. */
final class Row {
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

  /** Begins a row; a status of 0 says that it is not documented or varies. */
  static Row row(String id, FailureKind kind, int status, Evidence evidence) {
    return new Row(id, kind, status, evidence);
  }

  static Row row(int code, FailureKind kind, int status, Evidence evidence) {
    return row(Integer.toString(code), kind, status, evidence);
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
