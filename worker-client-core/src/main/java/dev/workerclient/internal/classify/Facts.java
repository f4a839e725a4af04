package dev.workerclient.internal.classify;

import java.time.Duration;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** What every classification reads of a response. */
record Facts(Provenance provenance, int status, Headers headers, @Nullable Duration retryAfter) {

  /** Starts a failure with what the response and, where there is one, Cloudflare's error say. */
  Failure.Builder failure(FailureKind kind, String what, @Nullable CloudflareError error) {
    String ray = headers.get("cf-ray");
    Duration wait = retryAfter;
    if (error != null) {
      ray = ray == null ? error.rayId() : ray;
      wait = wait == null ? error.retryAfter() : wait;
    }
    ray = ray == null ? null : RemoteText.clean(ray);
    String summary = what + ", HTTP " + status + (ray == null ? "" : ", ray " + ray);
    Failure.Builder failure = Failure.builder(kind, summary).response(status, ray, wait);
    return error == null
        ? failure
        : failure.cloudflare(error.code(), error.name(), error.category());
  }
}
