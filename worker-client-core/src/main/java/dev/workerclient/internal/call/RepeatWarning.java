package dev.workerclient.internal.call;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns, once for all, that something below this library repeats requests. */
final class RepeatWarning {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private RepeatWarning() {}

  static void warnOnce(int exchanges) {
    if (WARNED.compareAndSet(false, true)) {
      LOGGER.warn(
          "one attempt put {} requests on the wire: an interceptor of the OkHttpClient that was"
              + " given to okHttpClient(…) repeats requests, so a POST may run twice. Remove it;"
              + " this is said once",
          exchanges);
    }
  }
}
