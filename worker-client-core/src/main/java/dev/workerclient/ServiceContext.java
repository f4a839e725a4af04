package dev.workerclient;

import dev.workerclient.internal.call.CallObserver;
import dev.workerclient.internal.call.CallOptions;
import dev.workerclient.internal.call.RetryPolicy;
import dev.workerclient.internal.health.Walk;
import dev.workerclient.internal.route.Operation;
import java.time.InstantSource;
import java.util.List;

/** What all requests to one service share. */
record ServiceContext(
    String name,
    CallOptions options,
    Codec codec,
    Resources resources,
    RetryPolicies retryPolicies,
    List<CallListener> listeners,
    Walk walk,
    InstantSource clock) {

  /** The policy of a call that brings its own options. */
  RetryPolicy retryPolicy(RetryOptions retry) {
    return retryPolicies.ofCall(name, retry);
  }

  CallObserver observer(Operation operation) {
    return ListenedCall.of(listeners, name, operation);
  }
}
