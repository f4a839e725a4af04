package dev.workerclient.internal.call;

import dev.workerclient.error.Delivery;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.RetryAfter;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** An answer by which the target itself asks to come back: 429 or 503 with {@code Retry-After}. */
final class ThrottledAnswer {
  private ThrottledAnswer() {}

  /** The wait that a repeatable call's answer asks for, or null where it is final. */
  static @Nullable Duration wait(Call call, Outcome.Answered answer, InstantSource clock) {
    boolean throttles = answer.status() == 429 || answer.status() == 503;
    return throttles && call.isRepeatable()
        ? RetryAfter.parse(answer.headers().get("Retry-After"), clock)
        : null;
  }

  /** The answer as a failure, for whoever counts failures; the caller never sees it. */
  static Failure failure(Outcome.Answered answer, Duration wait) {
    return Failure.builder(
            FailureKind.RATE_LIMITED,
            "the target answered HTTP " + answer.status() + " with Retry-After")
        .response(answer.status(), null, wait)
        .delivery(Delivery.DELIVERED, "the target answered")
        .helps(true, false)
        .build();
  }
}
