package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JavaType;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What happens when a method of an interface is called: at once, or when its batch is sent. */
interface Caller {
  /** Notes a call whose result is built on. */
  void begin(RpcNode node);

  /** Notes a call that returns an object, for further calls. */
  default void beginObject(RpcNode node, InterfaceModel returned) {
    begin(node);
  }

  /** Whether what another caller calls can be an argument here. */
  boolean takes(Caller other);

  /** Whether an object of the application can be an argument, for the Worker to call. */
  default boolean takesObjects() {
    return false;
  }

  /**
   * Checks that streams, Blobs, Requests and Responses can be sent and received.
   *
   * @param what is wanted, for a person
   * @throws IllegalStateException if they can't
   */
  default void requireStreams(String what) {
    // An interface with streams is not taken for a batch.
  }

  /** Lets go of what a call returned, or of an object that the Worker sent. */
  default void close(RpcNode node) {
    // A batch ends with its answer.
  }

  /** Returns the value of a method that returns one. */
  @Nullable Object value(RpcNode node, JavaType type);

  /** Runs a method that returns nothing. */
  void run(RpcNode node);

  /** Returns the value later. */
  CompletableFuture<@Nullable Object> future(RpcNode node, JavaType type);

  /**
   * Lets the Worker apply a function, which is recorded, to each element of what a call returns.
   *
   * @return stands for the array of what the function returns, whose type comes with it
   */
  default RpcPromise<?> map(RpcNode node, Function<RpcNode, @Nullable RpcPromise<?>> function) {
    throw new IllegalStateException(
        "map(…) needs a session, which the Worker keeps the function's objects for; open one by"
            + " Rpc.session(service)");
  }

  /** Asks for the value of a promise. */
  void pull(RpcNode node);

  /** Returns the value of a promise. */
  @Nullable Object join(RpcNode node, JavaType type);
}
