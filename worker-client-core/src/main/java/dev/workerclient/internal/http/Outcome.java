package dev.workerclient.internal.http;

import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.Secrets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.Headers;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** How one attempt ended, or that there was none. */
public sealed interface Outcome {
  /** How many requests the attempt put on the wire. */
  int exchanges();

  /**
   * The target answered.
   *
   * @param body the whole body, which the receiver takes out; empty if {@code stream} is there
   * @param proven whether a mark proves that the target itself answered
   * @param stream the open body of a streaming call, which the receiver must close; else null
   * @param secrets what the request carried, hidden in every text of the answer
   */
  record Answered(
      int status,
      Headers headers,
      boolean proven,
      Buffer body,
      @Nullable OpenBody stream,
      Secrets secrets,
      int exchanges)
      implements Outcome {}

  /** The attempt failed. */
  record Failed(Failure failure, int exchanges) implements Outcome {}

  /**
   * No attempt was made: circuit breakers did not let the call through.
   *
   * @param retryAfter until one may let a call through; null if that is now, or not known
   * @param lastFailures by route, what it failed with last, in one line
   */
  record Skipped(@Nullable Duration retryAfter, Map<String, String> lastFailures)
      implements Outcome {
    @Override
    public int exchanges() {
      return 0;
    }

    /** Returns both as one. */
    public Skipped and(Skipped other) {
      Map<String, String> failures = new LinkedHashMap<>(lastFailures);
      failures.putAll(other.lastFailures);
      return new Skipped(sooner(retryAfter, other.retryAfter), failures);
    }

    private static @Nullable Duration sooner(@Nullable Duration one, @Nullable Duration other) {
      if (one == null || other == null) {
        return one == null ? other : one;
      }
      return one.compareTo(other) <= 0 ? one : other;
    }
  }
}
