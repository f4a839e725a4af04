package dev.workerclient.internal.call;

import dev.workerclient.error.Delivery;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.route.Route;

/**
 * After the binding proxy's 401, sends once more with the credential read anew: a token that was
 * rotated a moment ago fails no call. Nothing ran at the target, so that is safe.
 */
final class RefreshedCredential implements Sender {
  private final Sender delegate;

  private RefreshedCredential(Sender delegate) {
    this.delegate = delegate;
  }

  /** Returns the delegate itself where the route's credential can't change. */
  static Sender of(Route route, Sender delegate) {
    return route.canRefreshCredential() ? new RefreshedCredential(delegate) : delegate;
  }

  @Override
  public Outcome send(Call call) {
    Outcome outcome = delegate.send(call);
    boolean unauthorized =
        outcome instanceof Outcome.Failed failed
            && failed.failure().proxyCode().equals("UNAUTHORIZED")
            && failed.failure().delivery() == Delivery.NOT_DELIVERED;
    return unauthorized && Pause.allowsAnotherAttempt(call) ? delegate.send(call) : outcome;
  }
}
