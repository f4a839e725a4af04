package dev.workerclient.internal.classify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a Cloudflare error format reports. */
record CloudflareError(
    int code,
    @Nullable String name,
    @Nullable String category,
    @Nullable String rayId,
    @Nullable Duration retryAfter)
    implements Finding {

  private static final int FIRST_CODE = 1000;

  /**
   * Returns the wait it asks for, or null. That of a plain status is ignored: it is a constant of
   * the page, and says nothing about this failure.
   */
  @Nullable Duration askedWait() {
    return code < FIRST_CODE ? null : retryAfter;
  }

  static CloudflareError ofCode(int code) {
    return new CloudflareError(code, null, null, null, null);
  }
}
