package dev.workerclient.rpc;

import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A subscriber that notes what it is told, and on which thread; a test asks for elements. */
class Heard<T> implements Flow.Subscriber<T> {
  final BlockingQueue<Object> signals = new LinkedBlockingQueue<>();
  final BlockingQueue<String> threads = new LinkedBlockingQueue<>();
  private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

  static <T> Heard<T> of(Flow.Publisher<T> publisher) {
    Heard<T> heard = new Heard<>();
    publisher.subscribe(heard);
    return heard;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription.complete(given);
  }

  @Override
  public void onNext(T element) {
    signal(element);
  }

  @Override
  public void onError(Throwable failure) {
    signal(failure);
  }

  @Override
  public void onComplete() {
    signal("complete");
  }

  private void signal(Object what) {
    threads.add(Thread.currentThread().getName());
    signals.add(what);
  }

  Flow.Subscription subscription() throws Exception {
    return subscription.get(10, TimeUnit.SECONDS);
  }

  Heard<T> asks(long count) throws Exception {
    subscription().request(count);
    return this;
  }

  /** The next signal. */
  Object next() throws InterruptedException {
    return Objects.requireNonNull(signals.poll(10, TimeUnit.SECONDS), "no signal came");
  }
}
