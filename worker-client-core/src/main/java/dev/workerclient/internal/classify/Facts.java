package dev.workerclient.internal.classify;

import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.classify.table.FailureKind.Coded;
import dev.workerclient.internal.classify.table.KnownError;
import java.time.Duration;
import java.time.InstantSource;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** What every classification reads of a response. */
record Facts(Provenance provenance, int status, Headers headers, InstantSource clock) {

  /** Starts a failure that the table knows. */
  Failure.Builder failure(KnownError known, String what) {
    String ray = ray();
    return Failure.builder(known, summary(what, ray)).response(status, ray, retryAfter());
  }

  /** Starts a failure that is not in the table. */
  Failure.Builder failure(FailureKind kind, String what) {
    String ray = ray();
    return Failure.builder(kind, summary(what, ray)).response(status, ray, retryAfter());
  }

  /** Starts the failure for a Cloudflare error, with the details in its format. */
  Failure.Builder failure(KnownError known, String what, CloudflareError error) {
    String marked = ray();
    String ray = marked == null ? error.rayId() : marked;
    Duration asked = retryAfter();
    Duration wait = asked == null ? error.askedWait() : asked;
    return Failure.builder(known, summary(what, ray))
        .response(status, ray, wait)
        .detail(new Coded(error.code(), error.name(), error.category()));
  }

  private String summary(String what, @Nullable String ray) {
    return what + ", HTTP " + status + (ray == null ? "" : ", ray " + ray);
  }

  private @Nullable Duration retryAfter() {
    return RetryAfter.parse(headers.get("Retry-After"), clock);
  }

  private @Nullable String ray() {
    String ray = headers.get("cf-ray");
    return ray == null ? null : RemoteText.clean(ray);
  }
}
