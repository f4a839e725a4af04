package dev.workerclient;

import dev.workerclient.internal.call.CallObserver;
import dev.workerclient.internal.call.CallOptions;
import dev.workerclient.internal.call.RetryPolicy;
import dev.workerclient.internal.health.Walk;
import dev.workerclient.internal.route.Operation;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What all requests to one service share. */
record ServiceContext(
    String name,
    CallOptions options,
    Codec codec,
    Resources resources,
    RetryPolicies retryPolicies,
    @Nullable CallListener listener,
    Walk walk,
    InstantSource clock) {

  /** The policy of a call that brings its own options. */
  RetryPolicy retryPolicy(RetryOptions retry) {
    return retryPolicies.ofCall(name, retry);
  }

  CallObserver observer(Operation operation) {
    return ListenedCall.of(listener, name, operation);
  }
}
