package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.workerclient.internal.call.Call.Observer;
import java.lang.ref.Reference;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes each call at once, in a session. Thread-safe. */
final class SessionCaller implements Caller {
  private final Session session;
  private final Executor executor;
  private final @Nullable Function<String, Observer> observers;

  /** The function makes what watches a call; null if nobody does. */
  SessionCaller(
      Session session, Executor executor, @Nullable Function<String, Observer> observers) {
    this.session = session;
    this.executor = executor;
    this.observers = observers;
  }

  Session session() {
    return session;
  }

  /** Releases it with the node; and says so, if the interface could have been closed. */
  static void releaseAfter(RpcNode node, Import at, InterfaceModel model) {
    if (model.isCloseable()) {
      at.releaseAfter(node, model.type().getSimpleName());
    } else {
      at.releaseAfter(node);
    }
  }

  /** Whether the call is made: no, if a function is being recorded, which gets it then. */
  private static boolean isMade(RpcNode node) {
    MapRecorder recorder = MapRecorder.current();
    if (recorder != null && node.isCall()) {
      recorder.add(node);
    }
    return recorder == null && node.isCall();
  }

  private static void requireMade(RpcNode node) {
    if (MapRecorder.current() != null) {
      throw MapRecorder.notRecordable(node.label() + "(), whose value is wanted at once,");
    }
  }

  @Override
  public RpcPromise<?> map(RpcNode node, Function<RpcNode, @Nullable RpcPromise<?>> function) {
    session.requireWhole("map(…)");
    MapRecorder.Recorded recorded = MapRecorder.record(node, function);
    RpcNode made = node.call("map", List.of(), false);
    Import at = session.push(Outgoing.map(session, recorded), made);
    made.at(at);
    at.releaseAfter(made);
    return new RpcPromise<>(
        this,
        made,
        TypeFactory.defaultInstance()
            .constructCollectionType(List.class, recorded.returned().type()));
  }

  @Override
  public void begin(RpcNode node) {
    if (isMade(node)) {
      Import at = push(node);
      at.releaseAfter(node);
    }
  }

  @Override
  public void beginObject(RpcNode node, InterfaceModel returned) {
    if (isMade(node)) {
      releaseAfter(node, push(node), returned);
    }
  }

  private Import push(RpcNode node) {
    Import at = session.push(node);
    node.at(at);
    return at;
  }

  @Override
  public boolean takes(Caller other) {
    return other instanceof SessionCaller that && that.session == session;
  }

  @Override
  public void requireStreams(String what) {
    session.requireWhole(what);
  }

  @Override
  public boolean takesObjects() {
    return true;
  }

  @Override
  public void close(RpcNode node) {
    Import at = node.at();
    if (at != null) {
      boolean unused = at.release();
    }
  }

  @Override
  public @Nullable Object value(RpcNode node, JavaType type) {
    return call(node, type);
  }

  @Override
  public void run(RpcNode node) {
    Object unused = call(node, null);
  }

  private @Nullable Object call(RpcNode node, @Nullable JavaType type) {
    requireMade(node);
    try {
      return watched(node)
          .run(
              () -> InboundReader.value(this, node, session.await(node, session.call(node)), type));
    } finally {
      Reference.reachabilityFence(node);
    }
  }

  private WatchedCall watched(RpcNode node) {
    return new WatchedCall(
        observers == null ? null : observers.apply(node.label()), node, session.failures);
  }

  @Override
  public CompletableFuture<@Nullable Object> future(RpcNode node, JavaType type) {
    requireMade(node);
    WatchedCall watched = watched(node);
    Session.Call call = watched.begin(() -> session.call(node));
    CompletableFuture<@Nullable Object> future =
        call.value()
            .done
            .copy()
            .orTimeout(call.left(), TimeUnit.NANOSECONDS)
            .handleAsync(
                (value, failure) ->
                    watched.run(
                        () -> {
                          if (value == null) {
                            Throwable cause =
                                failure instanceof CompletionException
                                    ? failure.getCause()
                                    : failure;
                            throw session.failure(node, call, cause);
                          }
                          return InboundReader.value(this, node, value, type);
                        }),
                executor)
            .copy();
    CompletableFuture<@Nullable Object> unused =
        future.whenComplete(
            (value, failure) -> {
              if (future.isCancelled()) {
                session.abandon(call);
                watched.cancelled();
              }
            });
    return future;
  }

  @Override
  public void pull(RpcNode node) {
    Session.Call unused = pulled(node);
  }

  private Session.Call pulled(RpcNode node) {
    requireMade(node);
    Import at = node.at();
    if (at == null) { // A property.
      at = push(node);
      at.releaseAfter(node);
    }
    return session.pull(at);
  }

  @Override
  public @Nullable Object join(RpcNode node, JavaType type) {
    try {
      return watched(node)
          .run(() -> InboundReader.value(this, node, session.await(node, pulled(node)), type));
    } finally {
      close(node);
      Reference.reachabilityFence(node);
    }
  }
}
