package dev.workerclient;

import dev.workerclient.internal.call.CallObserver;
import dev.workerclient.internal.call.RetryPolicy;
import dev.workerclient.internal.health.Walk;
import dev.workerclient.internal.http.CallLimits;
import dev.workerclient.internal.http.CallSpec;
import java.time.InstantSource;
import java.util.List;

/** What all requests to one service share. */
record ServiceContext(
    String name,
    CallLimits limits,
    RetryPolicy retry,
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

  CallObserver observer(CallSpec spec) {
    return ListenedCall.of(listeners, spec);
  }
}
