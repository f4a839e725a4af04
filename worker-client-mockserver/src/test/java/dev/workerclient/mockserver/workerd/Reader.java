package dev.workerclient.mockserver.workerd;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Reads a publisher, one element after another, to its end or up to a number of elements. */
final class Reader<T> implements Flow.Subscriber<T> {
  private final int most;
  private final IntConsumer progress;
  private final List<T> elements = new ArrayList<>();
  private Flow.@Nullable Subscription subscription;

  /** Completed with what was read. */
  final CompletableFuture<List<T>> all = new CompletableFuture<>();

  /** Makes it; it tells how many it has read, after each. */
  Reader(int most, IntConsumer progress) {
    this.most = most;
    this.progress = progress;
  }

  static <T> CompletableFuture<List<T>> read(Flow.Publisher<T> publisher, int most) {
    Reader<T> reader = new Reader<>(most, count -> {});
    publisher.subscribe(reader);
    return reader.all;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(T element) {
    elements.add(element);
    progress.accept(elements.size());
    Flow.Subscription from = subscription;
    if (from != null && elements.size() == most) {
      from.cancel();
      all.complete(elements);
    } else if (from != null) {
      from.request(1);
    }
  }

  @Override
  public void onError(Throwable failure) {
    all.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    all.complete(elements);
  }
}
