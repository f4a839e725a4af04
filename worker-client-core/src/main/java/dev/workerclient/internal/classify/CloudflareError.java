package dev.workerclient.internal.classify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one of Cloudflare's error formats said. */
record CloudflareError(
    int code,
    @Nullable String name,
    @Nullable String category,
    @Nullable String rayId,
    @Nullable Duration retryAfter)
    implements Finding {

  static CloudflareError ofCode(int code) {
    return new CloudflareError(code, null, null, null, null);
  }
}
