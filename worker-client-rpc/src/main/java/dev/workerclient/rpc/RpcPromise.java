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
 * What a method will return. It can be built on before it is there: its properties read, and given
 * to other calls as an argument, all in one round trip.
 *
 * <p>In a batch, it has its value after the batch was executed. From {@link Rpc#of}, {@link #join}
 * makes the call, once, and holds the result: to read several properties of it, or to make several
 * calls with it, use a batch. Thread-safe, but for the promises of a batch that is not executed
 * yet.
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

  /** Returns a promise that has its value, for an interface's implementation in a test. */
  public static <T extends @Nullable Object> RpcPromise<T> of(T value) {
    JavaType type = References.type(value == null ? Object.class : value.getClass());
    return new RpcPromise<>(new FixedCaller(value), RpcNode.MAIN.property("of"), type);
  }

  /** Reads a property of it. */
  public <P> RpcPromise<P> get(String property, Class<P> propertyType) {
    Objects.requireNonNull(property, "property");
    Objects.requireNonNull(propertyType, "propertyType");
    return new RpcPromise<>(caller, node.property(property), References.type(propertyType));
  }

  /** Reads a property of a generic type. */
  public <P> RpcPromise<P> get(String property, TypeRef<P> propertyType) {
    Objects.requireNonNull(property, "property");
    Objects.requireNonNull(propertyType, "propertyType");
    return new RpcPromise<>(caller, node.property(property), References.type(propertyType.type()));
  }

  /**
   * Lets the Worker call methods of each element of this array, or read its properties, in the same
   * round trip: {@code orders.map(Order.class, order -> order.total())}. The function is recorded,
   * once, and not run for each element: it may call methods that return an RpcPromise or an
   * interface, of the element and of other objects of the session, and returns such a promise. In a
   * session alone.
   *
   * @param element an interface for the elements
   * @return stands for the array of what the function returns; null if this is null
   * @throws IllegalStateException if the function does what can't be recorded, or this is not a
   *     promise of a session
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
   * As {@link #map}, of elements that are data: {@code ids.mapPromise(Integer.class, id ->
   * api.user(id))}.
   *
   * @param element the type of the elements
   * @throws IllegalStateException as {@link #map}
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
   * Asks for the value itself, where only what is built on it would be asked for. In a batch that
   * is not executed yet.
   *
   * @return this promise
   */
  public RpcPromise<T> pull() {
    caller.pull(node);
    return this;
  }

  /**
   * Returns the value: the same each time, or throws the same failure.
   *
   * @throws dev.workerclient.error.WorkerRpcException if the method threw
   * @throws dev.workerclient.error.WorkerDecodingException if the value is not of the type
   * @throws WorkerException if the call failed
   * @throws IllegalStateException if its batch was not executed, if the value was not asked for, or
   *     if the call was sent already, with another call that builds on it, and is not {@link
   *     Idempotent}; then nothing is sent
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
