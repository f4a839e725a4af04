package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JavaType;
import dev.workerclient.TypeRef;
import dev.workerclient.error.WorkerException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The result of an RPC call that may not have arrived yet. You can use it before: read its
 * properties, and pass it to other calls as an argument, all in one round trip.
 *
 * <p>When it has its value depends on where it comes from:
 *
 * <ul>
 *   <li>{@link RpcBatch}: after the batch was executed.
 *   <li>{@link Rpc#of}: {@link #join} makes the call, once, and keeps the result. To read several
 *       properties of it, or to make several calls with it, use a batch.
 *   <li>{@link RpcSession}: the call was sent when the method was called. {@link #join} waits for
 *       the result.
 * </ul>
 *
 * <p>Thread-safe, except for promises of a batch that was not executed yet.
 *
 * @param <T> the type of the value
 */
public final class RpcPromise<T extends @Nullable Object> {
  private final Caller caller;
  private final RpcNode node;
  private final JavaType type;
  private final Lock joining = new ReentrantLock();
  private boolean joined;
  private @Nullable Object value;
  private @Nullable WorkerException failure;

  RpcPromise(Caller caller, RpcNode node, JavaType type) {
    this.caller = caller;
    this.node = node;
    this.type = type;
  }

  /**
   * Returns a promise that already has a value, for an implementation of your interface in a test.
   * {@link #join} returns the value. As an argument of a call, it is sent as its value.
   *
   * @param value may be null
   */
  public static <T extends @Nullable Object> RpcPromise<T> of(T value) {
    JavaType type = References.type(value == null ? Object.class : value.getClass());
    return new RpcPromise<>(new FixedCaller(value), RpcNode.MAIN.property("of"), type);
  }

  /**
   * Returns a promise of a property of the value. Sends nothing by itself.
   *
   * @return its {@link #join} returns null if the property is null or missing
   */
  public <P> RpcPromise<P> get(String property, Class<P> propertyType) {
    Objects.requireNonNull(property, "property");
    Objects.requireNonNull(propertyType, "propertyType");
    return new RpcPromise<>(caller, node.property(property), References.type(propertyType));
  }

  /**
   * Returns a promise of a property with a generic type, such as {@code new TypeRef<List<Order>>()
   * {}}. Sends nothing by itself.
   *
   * @return its {@link #join} returns null if the property is null or missing
   */
  public <P> RpcPromise<P> get(String property, TypeRef<P> propertyType) {
    Objects.requireNonNull(property, "property");
    Objects.requireNonNull(propertyType, "propertyType");
    return new RpcPromise<>(caller, node.property(property), References.type(propertyType.type()));
  }

  /**
   * Lets the Worker call methods of each element of this array, in the same round trip: {@code
   * orders.map(Order.class, order -> order.total())}. Only in a session on the custom domain.
   *
   * <p>The function runs once, here, to record its calls. It may call methods that return an
   * RpcPromise or an interface, of the element and of other objects of the session, and returns
   * such a promise.
   *
   * @param element an interface for the elements
   * @return a promise of the list of results, in order; its value is null if this value is null
   * @throws IllegalStateException if the function does something that can't be recorded, or if this
   *     promise is not of a session, or of one through the binding proxy; nothing is sent then
   * @throws IllegalArgumentException if the interface can't be called by RPC
   */
  @SuppressWarnings("unchecked")
  public <E, R extends @Nullable Object> RpcPromise<List<R>> map(
      Class<E> element, Function<E, RpcPromise<R>> function) {
    Objects.requireNonNull(element, "element");
    Objects.requireNonNull(function, "function");
    InterfaceModel model = InterfaceModel.checkedForSession(element);
    return (RpcPromise<List<R>>)
        caller.map(node, each -> function.apply(element.cast(Stub.of(caller, each, model))));
  }

  /**
   * Like {@link #map}, for elements that are data: {@code ids.mapPromise(Integer.class, id ->
   * api.user(id))}.
   *
   * @param element the type of the elements
   * @return a promise of the list of results, in order; its value is null if this value is null
   * @throws IllegalStateException if {@link #map} would throw it
   */
  @SuppressWarnings("unchecked")
  public <E, R extends @Nullable Object> RpcPromise<List<R>> mapPromise(
      Class<E> element, Function<RpcPromise<E>, RpcPromise<R>> function) {
    Objects.requireNonNull(element, "element");
    Objects.requireNonNull(function, "function");
    JavaType elementType = References.type(element);
    return (RpcPromise<List<R>>)
        caller.map(node, each -> function.apply(new RpcPromise<>(caller, each, elementType)));
  }

  /**
   * Requests the value of this promise, although another call uses its result. In a batch, values
   * are only returned for promises that no other call uses, and for those that were pulled. Call it
   * before the batch is executed. In a session, {@link #join} does this by itself.
   *
   * @return this promise
   * @throws IllegalStateException if the batch was already sent, or if the promise is from {@link
   *     Rpc#of}, where {@link #join} makes the call
   */
  public RpcPromise<T> pull() {
    caller.pull(node);
    return this;
  }

  /**
   * Returns the value, and waits for it if necessary. Every further call returns the same value, or
   * throws the same failure.
   *
   * @return null if the Worker returned null or undefined
   * @throws dev.workerclient.error.WorkerRpcException if the method threw
   * @throws dev.workerclient.error.WorkerDecodingException if the value has another type
   * @throws WorkerException if the call failed
   * @throws IllegalStateException if the batch was not executed or its value was not requested
   *     ({@link #pull}), or if the call was already sent together with a call that uses its result,
   *     and is not {@link Idempotent}; nothing is sent then
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // T says whether it may be null.
  public T join() {
    joining.lock();
    try {
      if (!joined) {
        settle();
      }
      if (failure != null) {
        throw failure;
      }
      return (T) value;
    } finally {
      joining.unlock();
    }
  }

  private void settle() {
    try {
      value = caller.join(node, type);
    } catch (WorkerException e) {
      failure = e;
    }
    joined = true;
  }

  Caller caller() {
    return caller;
  }

  RpcNode node() {
    return node;
  }

  JavaType type() {
    return type;
  }

  @Override
  public String toString() {
    return "RpcPromise{" + node.label() + "}";
  }
}
