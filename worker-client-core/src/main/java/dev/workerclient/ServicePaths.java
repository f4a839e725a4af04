package dev.workerclient;

import dev.workerclient.internal.call.CallPath;
import org.jspecify.annotations.Nullable;

/**
 * The ways of a service's calls; their routes share breakers and budget.
 *
 * @param all over each of its routes
 * @param proxy over the binding proxy alone; null where it has none
 * @param rpc over the routes that serve RPC; null where none does
 */
record ServicePaths(CallPath all, @Nullable CallPath proxy, @Nullable CallPath rpc) {
  /** The ways to a Durable Object, which the proxy alone reaches; null where there is none. */
  @Nullable ServicePaths ofObjects() {
    return proxy == null ? null : new ServicePaths(proxy, proxy, proxy);
  }
}
