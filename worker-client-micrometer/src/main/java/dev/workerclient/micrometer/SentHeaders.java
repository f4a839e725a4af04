package dev.workerclient.micrometer;

import dev.workerclient.AttemptInfo;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds headers of tracing to an attempt. */
final class SentHeaders {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private SentHeaders() {}

  /** Sets a header, unless the client refuses it: a trace never sets credentials. */
  static void set(@Nullable AttemptInfo attempt, String name, String value) {
    if (attempt == null) {
      return;
    }
    try {
      attempt.header(name, value);
    } catch (IllegalArgumentException e) {
      if (WARNED.compareAndSet(false, true)) {
        LOGGER.warn(
            "tracing sets a header that is refused; calls go without it, and this is said once", e);
      }
    }
  }
}
