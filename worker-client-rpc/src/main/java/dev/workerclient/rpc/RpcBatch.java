package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JavaType;
import dev.workerclient.WorkerService;
import dev.workerclient.error.WorkerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Several calls that are sent to a Worker or Durable Object in one HTTP request. First call methods
 * of the interfaces from {@link #of}: they return promises, futures, or other interfaces. {@link
 * #execute} then sends all calls, and the promises get their values.
 *
 * <pre>{@code
 * RpcBatch batch = Rpc.batch(service);
 * Api api = batch.of(Api.class);
 * RpcPromise<User> user = api.getUser(5);
 * RpcPromise<String> greeting = api.hello(user.get("name", String.class));
 * batch.execute();
 * greeting.join();
 * }</pre>
 *
 * <p>The Worker receives the calls in the order in which you made them. If a call fails, only the
 * calls that use its result fail too. A batch is not a transaction. It is sent once: create a new
 * one for further calls. Not thread-safe.
 */
public final class RpcBatch {
  private final WorkerService service;
  private final BatchWriter writer = new BatchWriter();
  private final BatchCaller caller = new BatchCaller();
  private final List<Consumer<BatchResult>> onResult = new ArrayList<>();
  private final List<CompletableFuture<?>> futures = new ArrayList<>();
  private boolean sent;
  private @Nullable BatchResult result;

  RpcBatch(WorkerService service) {
    this.service = service;
  }

  /**
   * Returns an implementation of the interface whose calls belong to this batch.
   *
   * @throws IllegalArgumentException if the interface can't be called by RPC; the message names the
   *     method
   */
  public <T> T of(Class<T> type) {
    Objects.requireNonNull(type, "type");
    return type.cast(Stub.of(caller, RpcNode.MAIN, InterfaceModel.checked(type)));
  }

  /**
   * Sends the calls and waits for all results. A failure of a call with a promise or future is
   * thrown by that promise or future.
   *
   * @throws dev.workerclient.error.WorkerRpcException if a method threw that returns nothing, or an
   *     object that no other call uses; if several did, the others are suppressed exceptions of the
   *     first
   * @throws WorkerException if the batch failed as a whole
   * @throws IllegalStateException if the batch was already sent or has no calls, or if no route of
   *     the service serves RPC
   */
  public void execute() {
    BatchCall call = send();
    try {
      settle(call.execute());
    } catch (RuntimeException e) {
      futures.forEach(future -> future.completeExceptionally(e));
      throw e;
    }
  }

  /**
   * Sends the calls like {@link #execute}, on the client's executor. Cancelling the future cancels
   * the request.
   *
   * @return completed when all results have arrived, or exceptionally with the exception that
   *     {@link #execute} would throw
   * @throws IllegalStateException if the batch was already sent or has no calls
   */
  public CompletableFuture<@Nullable Void> executeAsync() {
    BatchCall call = send();
    CompletableFuture<BatchResult> sending;
    try {
      sending = call.executeAsync();
    } catch (RuntimeException e) {
      futures.forEach(future -> future.completeExceptionally(e));
      throw e;
    }
    // A copy: one that is cancelled itself would not settle.
    return Futures.cancelling(sending.handle(this::settle).copy(), sending);
  }

  private BatchCall send() {
    requireNotSent();
    writer.pullTheRest();
    if (writer.isEmpty()) {
      throw new IllegalStateException("the batch has no call; call methods of of(…) first");
    }
    sent = true;
    return new BatchCall(service, writer);
  }

  private @Nullable Void settle(@Nullable BatchResult answered, @Nullable Throwable failure) {
    if (answered == null) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      futures.forEach(future -> future.completeExceptionally(cause));
      throw new CompletionException(cause);
    }
    settle(answered);
    return null;
  }

  private void settle(BatchResult answered) {
    result = answered;
    RuntimeException first = null;
    for (Consumer<BatchResult> each : onResult) {
      try {
        each.accept(answered);
      } catch (WorkerException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private void requireNotSent() {
    if (sent) {
      throw new IllegalStateException("the batch was sent; make a new one by Rpc.batch(service)");
    }
  }

  /** A server keeps what a call returned for one batch. */
  private void requireNotSent(RpcNode node) {
    if (sent && node.subject() != RpcNode.MAIN) {
      throw new IllegalStateException(
          "what "
              + node.subject().label()
              + " returned lasts as long as its batch, which was sent; make the call before"
              + " execute()");
    }
    requireNotSent();
  }

  /** Writes each call as it is made. */
  private final class BatchCaller implements Caller {
    @Override
    public void begin(RpcNode node) {
      requireNotSent(node);
      if (node.isCall()) {
        writer.push(node);
      }
    }

    @Override
    public void beginObject(RpcNode node, InterfaceModel returned) {
      begin(node);
      onResult.add(answered -> answered.require(node)); // It has no promise to throw it.
    }

    @Override
    public boolean takes(Caller other) {
      return other == this || (other instanceof DirectCaller direct && direct.isOf(service));
    }

    @Override
    public @Nullable Object value(RpcNode node, JavaType type) {
      requireNotSent(node);
      throw new IllegalStateException(
          node.label()
              + "() returns its value at once, which a batch can't do; let it return an"
              + " RpcPromise, or call it by Rpc.of");
    }

    @Override
    public void run(RpcNode node) {
      begin(node);
      writer.pull(node);
      onResult.add(answered -> answered.require(node));
    }

    @Override
    public CompletableFuture<@Nullable Object> future(RpcNode node, JavaType type) {
      begin(node);
      writer.pull(node);
      CompletableFuture<@Nullable Object> future = new CompletableFuture<>();
      futures.add(future);
      onResult.add(
          answered -> {
            try {
              future.complete(answered.value(node, type));
            } catch (RuntimeException e) {
              future.completeExceptionally(e);
            }
          });
      return future;
    }

    @Override
    public void pull(RpcNode node) {
      requireNotSent();
      writer.pull(node);
    }

    @Override
    public @Nullable Object join(RpcNode node, JavaType type) {
      BatchResult answered = result;
      if (answered == null) {
        throw new IllegalStateException(
            node.label() + " has no value before its batch is executed, or after it failed");
      }
      return answered.value(node, type);
    }
  }
}
