package dev.workerclient.opentelemetry;

import dev.workerclient.AttemptInfo;
import dev.workerclient.CallInfo;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An attempt as its span sees it.
 *
 * @param url for the span
 */
record Sent(CallInfo call, AttemptInfo attempt, String url) {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");
  private static final AtomicBoolean WARNED = new AtomicBoolean();

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
    if (sent == null) {
      return;
    }
    try {
      sent.attempt.header(name, value);
    } catch (IllegalArgumentException e) {
      if (WARNED.compareAndSet(false, true)) {
        LOGGER.warn(
            "the propagator sets a header that is refused; calls go without it, and this is said"
                + " once",
            e);
      }
    }
  }
}
