package dev.workerclient.internal.call;

/**
 * What becomes of a call after an outcome, and what that takes out of the retry budget.
 *
 * @param cost taken before the call is sent; if it isn't there, the call is not sent
 */
record Next(Move move, RetryBudget.Cost cost) {
  static final Next DONE = new Next(Move.DONE, RetryBudget.Cost.FREE);

  /** In the order of preference. */
  enum Move {
    /** At once on the same route, on another connection than the pool's. */
    FRESH_CONNECTION,
    /** At once on the same route, with its credential read anew. */
    FRESH_CREDENTIAL,
    /** At once on the next route. */
    OTHER_ROUTE,
    /** After a wait, through the routes once more. */
    ANOTHER_PASS,
    /** The call was told to stop, and would have gone on. */
    STOPPED,
    /** The outcome is the caller's. */
    DONE
  }

  static Next free(Move move) {
    return new Next(move, RetryBudget.Cost.FREE);
  }
}
