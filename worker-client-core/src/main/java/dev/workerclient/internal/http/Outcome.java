package dev.workerclient.internal.http;

import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.Secrets;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** How one attempt ended. */
public sealed interface Outcome {
  /** How many requests the attempt put on the wire. */
  int exchanges();

  /**
   * The target answered.
   *
   * @param body the whole body; empty where {@code stream} is there
   * @param proven whether a mark proves that the target itself answered
   * @param stream the open body of a streaming call, which the receiver must close; else null
   * @param secrets what the request carried, hidden in every text of the answer
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares answers.
  record Answered(
      int status,
      Headers headers,
      boolean proven,
      byte[] body,
      @Nullable OpenBody stream,
      Secrets secrets,
      int exchanges)
      implements Outcome {}

  /** The attempt failed. */
  record Failed(Failure failure, int exchanges) implements Outcome {}
}
