package dev.workerclient.rpc;

import java.util.Iterator;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Publishes what an iterator has, within the calls that ask for it, to one subscriber. */
final class IteratorPublisher<T> implements Flow.Publisher<T>, Flow.Subscription {
  private final Iterator<T> elements;
  private final AtomicLong wanted = new AtomicLong();
  final AtomicLong published = new AtomicLong();
  volatile boolean cancelled;
  private volatile Flow.@Nullable Subscriber<? super T> subscriber;

  IteratorPublisher(Iterator<T> elements) {
    this.elements = elements;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super T> by) {
    subscriber = by;
    by.onSubscribe(this);
    if (!cancelled && wanted.get() == 0) {
      request(0);
    }
  }

  @Override
  public void request(long count) {
    Flow.Subscriber<? super T> to = subscriber;
    if (to == null || wanted.getAndAdd(count) > 0) {
      return; // It is within the other call, which goes on.
    }
    try {
      while (!cancelled) {
        if (!elements.hasNext()) {
          cancelled = true;
          to.onComplete();
        } else if (wanted.get() > 0) {
          T next = elements.next();
          published.incrementAndGet();
          to.onNext(next);
          wanted.decrementAndGet();
        } else {
          return;
        }
      }
    } catch (IllegalStateException e) {
      cancelled = true;
      to.onError(e);
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
  }
}
