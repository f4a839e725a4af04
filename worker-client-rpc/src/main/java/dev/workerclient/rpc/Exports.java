package dev.workerclient.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.rpc.Message;
import dev.workerclient.internal.rpc.MessageText;
import dev.workerclient.internal.rpc.ProtocolException;
import dev.workerclient.internal.rpc.RejectedPromiseException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
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

  private static final long SOONEST_NANOS = 1_500_000;

  private final LocalCalls calls;
  private final Executor executor;
  private final long mostUnread;
  private final AtomicLong unread = new AtomicLong();
  private @Nullable SessionCaller caller;

  // What follows is guarded by this; no other lock is taken under it.
  private final Map<Long, Export> entries = new HashMap<>();
  private long lastResult;
  private boolean serves;
  private boolean ended;

  /** Something that the Worker can name. */
  private sealed interface Export {}

  /** What it can call, or read properties of. */
  private sealed interface Source extends Export {
    /**
     * Does that with the value, when it is there, after what was to be done before. Called by the
     * reader's thread.
     */
    void then(BiConsumer<JsonNode, @Nullable Throwable> next);
  }

  /** An object that it was given. */
  private record Given(LocalObject object) implements Source {
    @Override
    public void then(BiConsumer<JsonNode, @Nullable Throwable> next) {
      next.accept(JsonNodeFactory.instance.pojoNode(object), null);
    }
  }

  /** What a call of its returned, or will; with the objects in it. */
  private static final class Result implements Source {
    final CompletableFuture<JsonNode> value = new CompletableFuture<>();
    private volatile CompletableFuture<JsonNode> last =
        value.whenComplete((tree, failure) -> LocalObject.find(tree, LocalObject::hold));

    @Override
    public void then(BiConsumer<JsonNode, @Nullable Throwable> next) {
      last = last.whenComplete(next);
    }

    /** Hands the value over by that executor. */
    void send(BiConsumer<JsonNode, @Nullable Throwable> to, Executor executor) {
      CompletableFuture<JsonNode> unused = last.whenCompleteAsync(to, executor);
    }
  }

  /**
   * A stream that it writes: into a pipe that it made, whose readable end is taken once, or into
   * what it was given.
   */
  private record Written(StreamEnd end, AtomicBoolean taken) implements Export {}

  /**
   * Makes it.
   *
   * @param calls makes the calls on the objects
   * @param mostUnread how many characters the chunks of all streams may have that wait
   */
  Exports(LocalCalls calls, Executor executor, long mostUnread) {
    this.calls = calls;
    this.executor = executor;
    this.mostUnread = mostUnread;
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
      entries.put(id, new Written(new LocalOutput(out, executor), new AtomicBoolean(true)));
    } else if (given instanceof LocalObject object) {
      object.hold();
      entries.put(id, new Given(object));
    }
  }

  /**
   * What of ours a form in a value names: an object that the Worker was given, or, once, the
   * readable end of a pipe; null if there is none.
   */
  synchronized @Nullable Object named(String form, long id) {
    Export named = entries.get(id);
    if (form.equals("readable")) {
      return named instanceof Written pipe && pipe.taken.compareAndSet(false, true)
          ? pipe.end
          : null;
    }
    return named instanceof Given given ? given.object : null;
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
      InboundStream stream = new InboundStream(caller().session().callTimeout);
      entries.put(id, new Written(stream, new AtomicBoolean()));
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
    Result made = new Result();
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
      evaluate(Objects.requireNonNull(expression), made.value, characters);
    } else {
      String map = "MockWorkers does not run map(…); test it on the real runtime";
      boolean maps = form.equals("remap") && serves();
      fail(made.value, "TypeError", maps ? map : "this client takes calls alone");
    }
    return id;
  }

  private void evaluate(JsonNode expression, CompletableFuture<JsonNode> value, int characters)
      throws ProtocolException {
    Export target = expression.path(1).isIntegralNumber() ? get(expression.get(1).asLong()) : null;
    if (target == null) {
      throw new ProtocolException("a call names an object that was released, or never given");
    }
    List<JsonNode> path = new ArrayList<>(1);
    expression.path(2).forEach(path::add);
    JsonNode arguments = expression.get(3);
    if (arguments != null && arguments.isArray()) {
      call(target, path, arguments, value, characters);
    } else if (target instanceof Source source) {
      read(source, path, value);
    } else {
      fail(value, "TypeError", "a stream has no properties");
    }
  }

  private void call(
      Export target,
      List<JsonNode> path,
      JsonNode arguments,
      CompletableFuture<JsonNode> value,
      int characters)
      throws ProtocolException {
    JsonNode whole = JsonNodeFactory.instance.arrayNode().add(arguments);
    IdentityHashMap<JsonNode, CompletableFuture<JsonNode>> references =
        serves() ? references(whole) : null;
    Inbound inbound = caller().session().receive(whole, characters);
    if (references != null) {
      inbound.references(references);
    }
    if (target instanceof Written stream) {
      String method = String.join(".", path.stream().map(JsonNode::asText).toList());
      write(stream.end, method, inbound, characters, value);
    } else if (target instanceof Source source) {
      source.then(
          (from, failure) -> {
            if (failure == null) {
              calls.call(caller(), from, path, inbound, characters, value);
            } else {
              calls.refuse(caller(), inbound, value, failure);
            }
          });
    }
  }

  private void read(Source source, List<JsonNode> path, CompletableFuture<JsonNode> value) {
    source.then(
        (from, failure) -> {
          if (failure == null) {
            calls.read(caller(), from, path, value);
          } else {
            value.completeExceptionally(failure);
          }
        });
  }

  /**
   * What arguments refer to of what our objects return, by the place. Of a Worker none is taken,
   * since a result that stands in many places multiplies.
   */
  private IdentityHashMap<JsonNode, CompletableFuture<JsonNode>> references(JsonNode arguments) {
    IdentityHashMap<JsonNode, CompletableFuture<JsonNode>> found = new IdentityHashMap<>(0);
    Inbound.scan(
        arguments,
        (form, id, at) -> {
          boolean property = at.path(2).isArray() && at.size() == 3;
          if (form.equals("pipeline")
              && get(id) instanceof Source source
              && (property || (source instanceof Result && at.size() == 2))) {
            CompletableFuture<JsonNode> value = new CompletableFuture<>();
            List<JsonNode> path = new ArrayList<>(1);
            at.path(2).forEach(path::add);
            read(source, path, value);
            found.put(at, value);
          }
        });
    return found;
  }

  private synchronized @Nullable Export get(long id) {
    return entries.get(id);
  }

  /** Whether it has a main object. */
  synchronized boolean serves() {
    return serves;
  }

  /**
   * Takes a chunk, on the reader's thread: it is acknowledged when the application has taken it.
   */
  private void write(
      StreamEnd end,
      String method,
      Inbound arguments,
      int characters,
      CompletableFuture<JsonNode> done) {
    if (unread.addAndGet(characters) > mostUnread) {
      end.released("the streams of the session have more chunks that nobody reads than may wait");
    }
    CompletableFuture<JsonNode> unusedFuture =
        done.whenComplete((tree, failure) -> unread.addAndGet(-characters));
    try {
      Object unused =
          InboundReader.read(
              caller(),
              arguments,
              tree -> {
                end.call(method, tree.path(0), notAtOnce(done));
                return null;
              });
    } catch (JsonProcessingException | ProtocolException | RejectedPromiseException e) {
      fail(done, "TypeError", "a chunk can't be read");
    }
  }

  /**
   * Completes that future, but no sooner than the Worker's clock has moved on: with an answer
   * within the same millisecond, capnweb 0.5.0 to 0.12.0 takes its window to be NaN bytes, and
   * sends nothing any more.
   */
  private CompletableFuture<JsonNode> notAtOnce(CompletableFuture<JsonNode> done) {
    long due = System.nanoTime() + SOONEST_NANOS;
    CompletableFuture<JsonNode> taken = new CompletableFuture<>();
    CompletableFuture<JsonNode> unused =
        taken.whenComplete(
            (tree, failure) -> {
              long early = due - System.nanoTime();
              if (failure != null) {
                done.completeExceptionally(failure);
              } else if (early <= 0) {
                done.complete(tree);
              } else {
                CompletableFuture.delayedExecutor(early, TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(() -> done.complete(tree));
              }
            });
    return taken;
  }

  private static void fail(CompletableFuture<JsonNode> value, String type, String message) {
    value.completeExceptionally(new LocalCall.FailedException(type, message));
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
    if (!(wanted instanceof Result result)) {
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
      session.sendNow(rejection(id, LocalCall.FailedException.of(failure)));
    } catch (IllegalArgumentException | IllegalStateException e) {
      session.sendNow(rejection(id, new LocalCall.FailedException("TypeError", e.getMessage())));
    } catch (WorkerException e) {
      session.abort("the Worker does not read what it asked for");
    }
  }

  private static String rejection(long id, LocalCall.FailedException failure) {
    return MessageText.of(
        "reject",
        out -> {
          out.writeNumber(id);
          out.writeStartArray();
          out.writeString("error");
          out.writeString(failure.type());
          out.writeString(wellFormed(String.valueOf(failure.getMessage())));
          JsonNode properties = failure.properties();
          if (properties != null) {
            out.writeNull(); // Its stack.
            new CallExpression(out, node -> 0).value(properties);
          }
          out.writeEndArray();
        });
  }

  /** UTF-8 has no form for half of a surrogate pair. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
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
    if (released instanceof Written stream) {
      stream.end.released("the Worker ended the stream without closing it");
    } else if (released instanceof Given given) {
      calls.letGo(given.object);
    } else if (released instanceof Result result) {
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
      if (named(form, id) instanceof InboundStream stream) {
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
