package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JavaType;
import dev.workerclient.WorkerService;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes each call at once, with those that it builds on, in a batch of its own. Thread-safe. */
final class DirectCaller implements Caller {
  private final WorkerService service;

  DirectCaller(WorkerService service) {
    this.service = service;
  }

  @Override
  public void begin(RpcNode node) {
    // It is called with what is built on it.
  }

  @Override
  public boolean takes(Caller other) {
    return other instanceof DirectCaller direct && direct.isOf(service);
  }

  /** Whether it calls that very service or object. */
  boolean isOf(WorkerService other) {
    return service.equals(other);
  }

  @Override
  public @Nullable Object value(RpcNode node, JavaType type) {
    return batch(node).execute().value(node, type);
  }

  @Override
  public void run(RpcNode node) {
    batch(node).execute().require(node);
  }

  @Override
  public CompletableFuture<@Nullable Object> future(RpcNode node, JavaType type) {
    CompletableFuture<BatchResult> result = batch(node).executeAsync();
    return Futures.cancelling(result.thenApply(done -> done.value(node, type)), result);
  }

  @Override
  public void pull(RpcNode node) {
    throw new IllegalStateException("pull() is for a batch; outside of one, join() makes the call");
  }

  @Override
  public @Nullable Object join(RpcNode node, JavaType type) {
    return value(node, type);
  }

  private BatchCall batch(RpcNode node) {
    BatchWriter batch = new BatchWriter();
    batch.pull(node);
    return new BatchCall(service, batch);
  }
}
