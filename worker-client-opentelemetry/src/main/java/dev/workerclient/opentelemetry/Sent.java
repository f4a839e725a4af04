package dev.workerclient.opentelemetry;

import dev.workerclient.AttemptInfo;
import dev.workerclient.CallInfo;
import org.jspecify.annotations.Nullable;

/**
 * An attempt as its span sees it.
 *
 * @param url for the span
 */
record Sent(CallInfo call, AttemptInfo attempt, String url) {
  /** The path template of a call, or null if it has none. */
  static @Nullable String template(CallInfo call) {
    String operation = call.operationTag();
    String method = call.method();
    int path = method.length() + 1;
    boolean templated =
        !call.isRpc() && operation.startsWith(method) && operation.startsWith(" /", path - 1);
    return templated ? operation.substring(path) : null;
  }

  /** Sets a header, unless the client refuses it: a trace never sets credentials. */
  static void setHeader(@Nullable Sent sent, String name, String value) {
    if (sent != null) {
      sent.attempt.tryHeader(name, value);
    }
  }
}
