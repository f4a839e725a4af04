package dev.workerclient.mockserver.workerd;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Publishes numbered elements as they are asked for, within the calls that ask. */
final class CountingPublisher<T> implements Flow.Publisher<T>, Flow.Subscription {
  private final int count;
  private final int failAt;
  private final IntFunction<T> elements;
  private final AtomicLong wanted = new AtomicLong();
  private volatile Flow.@Nullable Subscriber<? super T> subscriber;
  private volatile boolean over;

  /** How many it published. */
  final AtomicInteger made = new AtomicInteger();

  final CountDownLatch cancelled = new CountDownLatch(1);

  /** Makes it; it fails instead of publishing the element of the number {@code failAt}. */
  CountingPublisher(int count, int failAt, IntFunction<T> elements) {
    this.count = count;
    this.failAt = failAt;
    this.elements = elements;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super T> by) {
    subscriber = by;
    by.onSubscribe(this);
  }

  @Override
  public void request(long more) {
    Flow.Subscriber<? super T> to = subscriber;
    if (to == null || wanted.getAndAdd(more) > 0) {
      return; // Within another call, which goes on.
    }
    do {
      int number = made.get();
      if (over) {
        return;
      }
      if (number == count) { // Of none at all.
        over = true;
        to.onComplete();
        return;
      }
      if (number == failAt) {
        over = true;
        to.onError(new IllegalStateException("a reason that stays here"));
        return;
      }
      made.incrementAndGet();
      to.onNext(elements.apply(number));
      if (number == count - 1 && !over) {
        over = true;
        to.onComplete();
      }
    } while (wanted.decrementAndGet() > 0);
  }

  @Override
  public void cancel() {
    over = true;
    cancelled.countDown();
  }
}
