package dev.workerclient.internal.route;

/** What an attempt without an answer says of the whole route. */
public enum RouteSymptom {
  /** The route failed. */
  FAILING,
  /** The route fails every call until somebody corrects its configuration. */
  MISCONFIGURED,
  /** Nothing: one request or one path was the cause, or the call was cancelled. */
  UNKNOWN
}
