package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.rpc.Message;
import dev.workerclient.internal.rpc.ProtocolException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What the Worker can name of ours: objects that it was given, by negative ids, and the results of
 * its calls, by positive ones. Its messages are taken on the reader's thread; code of the
 * application runs on the executor. Thread-safe.
 */
final class Exports {
  private static final int MOST = 10_000;

  /** With the chunks of streams that wait: of capnweb's window, many small ones. */
  private static final int MOST_WITH_CHUNKS = 100_000;

  private final LocalCalls calls;
  private final Executor executor;
  private final Evaluation evaluation;
  private @Nullable SessionCaller caller;

  // What follows is guarded by this; no other lock is taken under it.
  private final Map<Long, Export> entries = new HashMap<>();
  private long lastResult;
  private boolean serves;
  private boolean ended;

  /**
   * Makes it.
   *
   * @param calls makes the calls on the objects
   * @param mostUnread how many characters the chunks of all streams may have that wait
   */
  Exports(LocalCalls calls, Executor executor, long mostUnread) {
    this.calls = calls;
    this.executor = executor;
    this.evaluation = new Evaluation(this, calls, new ChunkReceiver(mostUnread));
  }

  /** Begins; calls are made by that caller. */
  void start(SessionCaller by) {
    caller = by;
  }

  SessionCaller caller() {
    return Objects.requireNonNull(caller);
  }

  /** Serves that object, which is not closed with the session: the peer's calls begin at it. */
  synchronized void serve(LocalObject main) {
    serves = true;
    main.hold();
    put(0, main);
  }

  /** Notes objects that a message gives the Worker. */
  synchronized void add(Map<Long, Object> given) {
    given.forEach(this::put);
  }

  private void put(long id, Object given) {
    if (given instanceof OutputStream out) {
      entries.put(id, new Export.Written(new LocalOutput(out, executor), new AtomicBoolean(true)));
    } else if (given instanceof LocalObject object) {
      object.hold();
      entries.put(id, new Export.Given(object));
    }
  }

  /**
   * What of ours a form in a value names: an object that the Worker was given, or, once, the
   * readable end of a pipe; null if there is none.
   */
  synchronized @Nullable Object named(String form, long id) {
    Export named = entries.get(id);
    if (form.equals("readable")) {
      return named instanceof Export.Written pipe && pipe.taken().compareAndSet(false, true)
          ? pipe.end()
          : null;
    }
    return named instanceof Export.Given given ? given.object() : null;
  }

  /** How many there are, for tests. */
  synchronized int size() {
    return entries.size();
  }

  /**
   * Takes a message from the Worker, as its caller.
   *
   * @throws ProtocolException if it names what is not there, or there is too much
   */
  void received(Message message, int characters) throws ProtocolException {
    switch (message.kind()) {
      case PUSH -> push(message.value(), characters, MOST);
      case STREAM -> deliver(push(message.value(), characters, MOST_WITH_CHUNKS), true);
      case PULL -> deliver(message.id(), false);
      case RELEASE -> release(message);
      case PIPE -> pipe();
      default -> throw new ProtocolException("a message came at a place that is not its own");
    }
  }

  private synchronized void pipe() throws ProtocolException {
    requireRoom(MOST);
    long id = ++lastResult;
    if (!ended) {
      entries.put(id, new Export.Written(new ChunkQueue(caller()), new AtomicBoolean()));
    }
  }

  /** Runs that on the executor. */
  void run(Runnable task) {
    executor.execute(task);
  }

  private void requireRoom(int most) throws ProtocolException {
    if (entries.size() >= most) {
      throw new ProtocolException("more than " + most + " objects and results are held");
    }
  }

  private long push(@Nullable JsonNode expression, int characters, int most)
      throws ProtocolException {
    Export.Result made = new Export.Result();
    long id;
    synchronized (this) {
      requireRoom(most);
      id = ++lastResult;
      if (ended) {
        return id;
      }
      entries.put(id, made);
    }
    String form = expression == null ? "" : expression.path(0).asText();
    if (form.equals("pipeline") || form.equals("import")) {
      evaluation.evaluate(Objects.requireNonNull(expression), made.value, characters);
    } else {
      String map = "MockWorkers does not run map(…); test it on the real runtime";
      boolean maps = form.equals("remap") && serves();
      made.value.completeExceptionally(
          new FailedException("TypeError", maps ? map : "this client takes calls alone"));
    }
    return id;
  }

  /** What it can name by that id; null if there is nothing. */
  synchronized @Nullable Export get(long id) {
    return entries.get(id);
  }

  /** Whether it has a main object. */
  synchronized boolean serves() {
    return serves;
  }

  /** Sends a result when it is there; of a stream's message it is then released. */
  private void deliver(long id, boolean released) throws ProtocolException {
    Export wanted;
    synchronized (this) {
      wanted = entries.get(id);
      if (ended) {
        return;
      }
    }
    if (!(wanted instanceof Export.Result result)) {
      throw new ProtocolException("a result is asked for that was released, or never pushed");
    }
    result.send(
        (tree, failure) -> {
          if (isHeld(id)) {
            send(id, tree, failure);
            if (released) {
              remove(id);
            }
          }
        },
        executor);
  }

  private synchronized boolean isHeld(long id) {
    return entries.containsKey(id);
  }

  private synchronized @Nullable Export remove(long id) {
    return entries.remove(id);
  }

  private void send(long id, @Nullable JsonNode tree, @Nullable Throwable failure) {
    Session session = caller().session();
    try {
      if (failure == null) {
        Outgoing result = Outgoing.resolve(session, id, tree == null ? LocalCalls.UNDEFINED : tree);
        if (!result.exports().isEmpty()) {
          session.requireWhole("an object as the result of a callback");
        }
        session.send(result, RpcNode.MAIN.property("result"));
        return;
      }
      session.sendNow(FailedException.of(failure).rejection(id));
    } catch (IllegalArgumentException | IllegalStateException e) {
      session.sendNow(new FailedException("TypeError", e.getMessage()).rejection(id));
    } catch (WorkerException e) {
      session.abort("the Worker does not read what it asked for");
    }
  }

  private void release(Message message) throws ProtocolException {
    JsonNode count = message.value();
    if (count == null || count.asInt() != 1 || message.id() == 0) {
      throw new ProtocolException("more is released than was given");
    }
    Export released = remove(message.id());
    if (released == null) {
      throw new ProtocolException("an object is released that is not held");
    }
    close(released);
  }

  private void close(Export released) {
    if (released instanceof Export.Written stream) {
      stream.end().released("the Worker ended the stream without closing it");
    } else if (released instanceof Export.Given given) {
      calls.letGo(given.object());
    } else if (released instanceof Export.Result result) {
      result.then((tree, failure) -> LocalObject.find(tree, calls::letGo));
    }
  }

  /** Lets go of objects that the Worker was to get, with a call that was refused. */
  void forget(Collection<Long> given) {
    for (Long id : given) {
      Export refused = remove(id);
      if (refused != null) {
        close(refused);
      }
    }
  }

  /** Lets go of what stands in a value that nobody takes. */
  void drop(Session session, String form, long id) {
    if (form.equals("readable")) {
      if (named(form, id) instanceof ChunkQueue stream) {
        stream.close();
      }
    } else if (id < 0 && (form.equals("export") || form.equals("writable"))) {
      session.release(id);
    }
  }

  /** The session is over: nothing is called or told any more. */
  void ended() {
    List<Export> left;
    synchronized (this) {
      ended = true;
      left = new ArrayList<>(entries.values());
      entries.clear();
    }
    calls.clear();
    left.forEach(this::close);
  }
}
