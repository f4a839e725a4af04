package dev.workerclient.rpc;

import dev.workerclient.WorkerService;
import dev.workerclient.error.WorkerException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Entry point: calls the methods of a Worker or Durable Object through a Java interface that you
 * write.
 *
 * <pre>{@code
 * public interface Accounts {
 *   Health health();                                     // sends the call, waits for the result
 *   @Idempotent Budget budget(String project);           // may be retried after a timeout
 *   @RpcName("health") CompletableFuture<Health> healthAsync();
 *   Account account(int id);                             // another interface: an object at the Worker
 * }
 *
 * Accounts accounts = Rpc.of(client.service("ACCOUNTS"), Accounts.class);
 * Health health = accounts.health();
 * }</pre>
 *
 * <p>A method returns data (records and beans, read by Jackson), nothing, a CompletableFuture, an
 * {@link RpcPromise}, or another interface of yours. Methods of that interface are called on the
 * object that the Worker returned. A {@code long} is never rounded: beyond ±(2⁵³−1) it is sent as a
 * bigint.
 *
 * <p>There are three ways to make calls: {@link #of} sends each call by itself, {@link
 * #batch(WorkerService) batch} sends several in one HTTP request, and {@link #session} keeps a
 * WebSocket open, on which the Worker can also call objects of yours.
 *
 * <p>All methods are thread-safe.
 */
public final class Rpc {
  private Rpc() {}

  /**
   * Returns a thread-safe implementation of the interface. Each of its methods makes a call to the
   * Worker. Nothing is sent before the first call.
   *
   * <p>A call on an object that another method returned, such as {@code account(7).profile()},
   * sends both calls in one round trip. A second call on the same object would run {@code account}
   * again, so it throws an IllegalStateException and sends nothing, unless {@code account} is
   * {@link Idempotent}. Make such calls in one {@link #batch(WorkerService) batch}.
   *
   * <p>The methods throw a {@link dev.workerclient.error.WorkerRpcException} if the Worker's method
   * threw, and any other {@link WorkerException} if the call failed.
   *
   * @param service the Worker, or one of its Durable Objects: {@code
   *     service.durableObject("room-1")}
   * @throws IllegalArgumentException if the interface can't be called by RPC: generic methods,
   *     overloads that a Worker can't tell apart, types that are not data; the message names the
   *     method
   */
  public static <T> T of(WorkerService service, Class<T> type) {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(type, "type");
    return type.cast(
        Stub.of(new DirectCaller(service), RpcNode.MAIN, InterfaceModel.checked(type)));
  }

  /**
   * Returns a new batch: several calls that are sent in one HTTP request. Nothing is sent before
   * {@link RpcBatch#execute}.
   */
  public static RpcBatch batch(WorkerService service) {
    Objects.requireNonNull(service, "service");
    return new RpcBatch(service);
  }

  /**
   * Opens a session with the Worker or Durable Object, with the default settings of {@link
   * RpcSession#builder}, and waits until it is open. Close it when you no longer need it.
   *
   * @throws WorkerException if the session could not be opened on any route
   * @throws IllegalStateException if no route of the service serves RPC
   */
  public static RpcSession session(WorkerService service) {
    return RpcSession.builder(service).open();
  }

  /**
   * Makes several calls in one round trip and returns the value of one promise.
   *
   * <pre>{@code
   * String owner = Rpc.batch(service, Accounts.class,
   *     accounts -> accounts.account(7).profile().get("owner", String.class));
   * }</pre>
   *
   * @param calls makes the calls, and returns the promise whose value is the result
   * @return the value; null if the Worker returned null or undefined
   * @throws WorkerException if the batch failed, or one of the calls whose result is used
   * @throws IllegalArgumentException if the interface can't be called by RPC, as {@link #of}
   */
  public static <A, R extends @Nullable Object> R batch(
      WorkerService service, Class<A> type, Function<A, RpcPromise<R>> calls) {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(calls, "calls");
    RpcBatch batch = batch(service);
    RpcPromise<R> promise = calls.apply(batch.of(type)).pull();
    batch.execute();
    return promise.join();
  }
}
