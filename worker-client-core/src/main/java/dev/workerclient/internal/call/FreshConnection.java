package dev.workerclient.internal.call;

import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.Outcome;

/**
 * After a pooled connection turned out to be dead, or refused the request unprocessed, sends once
 * more at once: what OkHttp would do by itself, but under the resend rule.
 */
final class FreshConnection implements Sender {
  private final Sender delegate;

  FreshConnection(Sender delegate) {
    this.delegate = delegate;
  }

  @Override
  public Outcome send(Call call) {
    Outcome outcome = delegate.send(call);
    return outcome instanceof Outcome.Failed failed && mayGoAgain(call, failed.failure())
        ? delegate.send(call)
        : outcome;
  }

  private static boolean mayGoAgain(Call call, Failure failure) {
    return failure.freshConnectionHelps()
        && ResendRule.isSafe(failure.delivery(), call.isRepeatable())
        && Pause.allowsAnotherAttempt(call);
  }
}
