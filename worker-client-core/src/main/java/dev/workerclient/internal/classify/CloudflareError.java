package dev.workerclient.internal.classify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one of Cloudflare's error formats said.
 *
 * @param code the code, or 0 where the page had none
 */
record CloudflareError(
    int code,
    @Nullable String name,
    @Nullable String category,
    @Nullable String rayId,
    @Nullable Duration retryAfter)
    implements Finding {

  /** An error page that names no code. */
  static final int NO_CODE = 0;

  static CloudflareError ofCode(int code) {
    return new CloudflareError(code, null, null, null, null);
  }
}
