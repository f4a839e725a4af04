package dev.workerclient.rpc;

import dev.workerclient.WorkerService;
import dev.workerclient.error.WorkerException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls the methods of a Worker or Durable Object as those of a Java interface.
 *
 * <pre>{@code
 * public interface Accounts {
 *   Health health();                                     // a call and its answer
 *   @Idempotent Budget budget(String project);           // may be sent again when in doubt
 *   @RpcName("health") CompletableFuture<Health> healthAsync();
 *   Account account(int id);                             // an interface: stands for what is returned
 * }
 *
 * Accounts accounts = Rpc.of(client.service("ACCOUNTS"), Accounts.class);
 * Health health = accounts.health();
 * }</pre>
 *
 * <p>A method returns data (records and beans, by Jackson), nothing, a CompletableFuture, an {@link
 * RpcPromise}, or another of your interfaces, whose calls are then made on what the Worker
 * returned. {@code long} is never rounded: beyond 2⁵³ it is a bigint.
 */
public final class Rpc {
  private Rpc() {}

  /**
   * Returns an implementation of the interface, thread-safe, whose methods make a call each. A call
   * on what another method returned takes one round trip for both. A second call on it throws an
   * IllegalStateException and sends nothing, since the first method would run again, if that method
   * is not {@link Idempotent}: make both calls in a {@link #batch(WorkerService) batch}.
   *
   * <p>The methods throw {@link dev.workerclient.error.WorkerRpcException} if the Worker's method
   * threw, and any other {@link WorkerException} if the call failed.
   *
   * @param service the Worker, or an object of it: {@code service.durableObject("room-1")}
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

  /** Starts several calls that are sent in one round trip. */
  public static RpcBatch batch(WorkerService service) {
    Objects.requireNonNull(service, "service");
    return new RpcBatch(service);
  }

  /**
   * Opens a session with the Worker, or an object of it, with the settings of {@link
   * RpcSession#builder}. Close it.
   *
   * @throws WorkerException if no route opened it
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
   * @param calls makes the calls; the promise that it returns is the result
   * @throws WorkerException as {@link RpcBatch#execute} and {@link RpcPromise#join}
   * @throws IllegalArgumentException as {@link #of}
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
