package dev.workerclient.internal.call;

import dev.workerclient.error.Delivery;
import dev.workerclient.internal.classify.Failure;

/** The rule that a call which the target may already have run is never silently run again. */
final class ResendRule {
  private ResendRule() {}

  /** Whether the next route may be tried after this failure. */
  static boolean allowsNextRoute(Call call, Failure failure) {
    return failure.otherRouteHelps()
        && isSafe(failure.delivery(), call.isRepeatable())
        && call.outgoing().canBeSent();
  }

  /** Whether sending the call again can't run it twice, or running it twice does no harm. */
  static boolean isSafe(Delivery delivery, boolean repeatable) {
    return repeatable || delivery == Delivery.NOT_DELIVERED;
  }
}
