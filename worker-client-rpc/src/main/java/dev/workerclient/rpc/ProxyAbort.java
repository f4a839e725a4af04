package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Why the binding proxy ended a session.
 *
 * @param how for a person
 * @param lastCall the id of the last call that it accepted: nothing of a later one ran
 */
record ProxyAbort(String how, long lastCall) {
  /** Reads what an abort carries; null if it is not the proxy's. */
  static @Nullable ProxyAbort read(@Nullable JsonNode error) {
    if (error == null) {
      return null;
    }
    JsonNode properties = error.path(4);
    String code = properties.path(RpcFailures.PROXY_CODE).textValue();
    JsonNode last = properties.path("bindingProxyLastCall");
    return code == null
        ? null
        : new ProxyAbort(
            "the binding proxy ended the session: " + code + " (" + error.path(2).asText() + ")",
            last.isIntegralNumber() ? last.longValue() : Long.MAX_VALUE);
  }
}
