package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JavaType;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The Worker's ReadableStream as values of a type, for one subscriber. Thread-safe.
 *
 * <p>Nothing that the session holds refers to it, so that it is collected if nobody subscribes.
 */
final class InboundPublisher implements Flow.Publisher<Object> {
  private final ChunkQueue chunks;
  private final JavaType type;
  private final AtomicBoolean subscribed;

  InboundPublisher(ChunkQueue chunks, JavaType type) {
    AtomicBoolean once = new AtomicBoolean();
    this.chunks = chunks;
    this.type = type;
    this.subscribed = once;
    Leaks.watch(
        this,
        "nobody subscribed to a Flow.Publisher; subscribe to it, and cancel what you do not need",
        () -> once.compareAndSet(false, true) && chunks.closeUnlessOver());
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Object> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    if (subscribed.compareAndSet(false, true)) {
      new InboundSubscription(chunks, type, subscriber).start();
    } else {
      chunks.caller().session().exports.run(() -> refuse(subscriber));
    }
  }

  private static void refuse(Flow.Subscriber<? super Object> subscriber) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {
            // It is over.
          }

          @Override
          public void cancel() {
            // It is over.
          }
        });
    subscriber.onError(
        new IllegalStateException(
            "a stream of the Worker has one subscriber, and was subscribed to before; call the"
                + " method again for another stream"));
  }

  @Override
  public String toString() {
    return "a stream of the Worker";
  }
}
