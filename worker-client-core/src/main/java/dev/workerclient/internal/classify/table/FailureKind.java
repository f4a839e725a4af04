package dev.workerclient.internal.classify.table;

/** The kinds of failure, one for each exception: the stable code of a ServiceError is its name. */
public enum FailureKind {
  ERROR_1042(502),
  DISPATCH_MISMATCH(502),
  BINDING_NOT_FOUND(502),
  BINDING_NOT_CALLABLE(502),
  WORKER_NOT_FOUND(502),
  WORKER_THREW(502),
  WORKER_LIMIT(503),
  RATE_LIMITED(503),
  ACCESS_DENIED(502),
  BINDING_PROXY(502),
  UNPROVEN_RESPONSE(502),
  WORKER_CALL(502),
  CLOUDFLARE_ERROR(502),
  WORKER_TIMEOUT(504),
  WORKER_CONNECTION(502),
  WORKER_DECODING(502),
  WORKER_CANCELLED(503),
  CIRCUIT_OPEN(503);

  private final int statusToHandOn;

  FailureKind(int statusToHandOn) {
    this.statusToHandOn = statusToHandOn;
  }

  /** The HTTP status to hand to one's own caller, unless the table says another. */
  public int statusToHandOn() {
    return statusToHandOn;
  }
}
