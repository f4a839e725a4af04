package dev.workerclient.mockserver;

/** What a route does with the requests that arrive. Immutable. */
interface Script {
  /** Returns what is sent back to a request for that service over that route. */
  Reply reply(RouteKind route, String service);

  /** Whether the target ran, or began to, when a request met this script. */
  boolean runsTarget();
}
