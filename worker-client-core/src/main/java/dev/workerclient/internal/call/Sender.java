package dev.workerclient.internal.call;

import dev.workerclient.internal.http.Outcome;

/**
 * Sends a call and says how that ended. Every behaviour on the way of a call is one of these over
 * the next, put together in {@link CallPath}.
 */
@FunctionalInterface
interface Sender {
  /** Sends the call; records each attempt in it; does not throw for what a remote can do. */
  Outcome send(Call call);
}
