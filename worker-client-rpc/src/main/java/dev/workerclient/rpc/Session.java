package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.rpc.Message;
import dev.workerclient.internal.rpc.ProtocolException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one session, and what comes back. One lock guards the ids, the {@link Outbox} and
 * what is {@link Awaited}, since a push takes the next id by its place in the queue; no code of the
 * application runs under it. What the reader receives is handled on its thread, which never waits.
 * Thread-safe.
 */
final class Session implements SessionSocket.Receiver {
  /** What a message of a stream is called in messages. */
  static final RpcNode STREAM = RpcNode.root("stream", false);

  final Duration callTimeout;
  final SessionFailures failures;
  final Exports exports;
  private final SessionSocket socket;
  private final AtomicLong lastExport = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();

  /** What the binding proxy allows; null for another route. */
  private final @Nullable SessionQuota quota;

  // What follows is guarded by the lock.
  private final Outbox out;
  private final Awaited awaited;
  private final Set<Runnable> onEnd = new LinkedHashSet<>();
  private long lastImport;

  Session(
      SessionSocket socket,
      SessionFailures failures,
      Duration callTimeout,
      long maxMessageBytes,
      Exports exports) {
    this.socket = socket;
    this.failures = failures;
    this.callTimeout = callTimeout;
    this.exports = exports;
    SessionLimits limits = socket.opened().limits();
    this.quota = limits == null ? null : new SessionQuota(limits, lock.newCondition());
    this.out = new Outbox(lock, socket, failures, callTimeout, exports, quota, this::pull);
    this.awaited = new Awaited(exports, 4 * maxMessageBytes);
  }

  /**
   * Checks that the peer serves all of the protocol, as the binding proxy does not.
   *
   * @param what is wanted of it, for a person
   * @throws IllegalStateException if it is the binding proxy
   */
  void requireWhole(String what) {
    if (quota != null) {
      throw new IllegalStateException(
          what
              + " is not possible in a session through the binding proxy, which serves calls with"
              + " data and callbacks; set rpcPath(…) on the service's custom domain for sessions");
    }
  }

  boolean isOpen() {
    lock.lock();
    try {
      return out.end() == null;
    } finally {
      lock.unlock();
    }
  }

  /** An id for what the Worker gets to call; none is used twice. */
  long nextExport() {
    return lastExport.decrementAndGet();
  }

  /** Sends a call without asking for its value, and returns where the Worker has the result. */
  Import push(RpcNode node) {
    return push(Outgoing.push(this, node), node);
  }

  /** The same of a message that was written. */
  Import push(Outgoing message, RpcNode node) {
    Import[] made = new Import[1];
    out.send(
        message,
        node,
        deadline(),
        quota,
        position -> {
          Import call = new Import(this, ++lastImport);
          made[0] = call;
          if (quota != null) {
            quota.sent(call, message.text().length());
            if (!message.exports().isEmpty()) {
              pull(call).value().given = message.exports().keySet();
            }
          }
        });
    return made[0];
  }

  private long deadline() {
    return System.nanoTime() + callTimeout.toNanos();
  }

  /**
   * Sends a call whose value alone is wanted. The Worker sends and releases it unasked, which saves
   * two messages; the binding proxy, which counts what it keeps, is asked.
   */
  Call call(RpcNode node) {
    long deadline = deadline();
    boolean asks = quota != null;
    Inbound value = new Inbound(asks);
    long[] id = new long[1];
    Outgoing call = asks ? Outgoing.push(this, node) : Outgoing.call(this, node);
    out.send(
        call,
        node,
        deadline,
        quota,
        position -> {
          id[0] = ++lastImport;
          value.position = position;
          value.given = call.exports().keySet();
          awaited.put(id[0], value);
          if (quota != null) {
            quota.sent(id[0], call.text().length());
            out.queue("[\"pull\"," + id[0] + "]");
          }
        });
    return new Call(id[0], value, deadline);
  }

  /**
   * Makes a pipe at the Worker, into which a stream can be written.
   *
   * @throws IllegalStateException if the peer takes none
   */
  Import pipe() {
    requireWhole("a stream as an argument");
    lock.lock();
    try {
      out.queue("[\"pipe\"]");
      return new Import(this, ++lastImport);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends a message of a stream; the Worker releases by itself what it answers.
   *
   * @throws WorkerException if the session is over, or its queue stays full
   */
  Inbound stream(String message) {
    Inbound taken = new Inbound(false);
    Outgoing sent = Outgoing.of(message);
    out.send(sent, STREAM, deadline(), null, position -> awaited.put(++lastImport, taken));
    return taken;
  }

  /** Asks for the value of a call that was sent; once. */
  Call pull(Import sent) {
    lock.lock();
    try {
      Inbound value = sent.value;
      if (value == null) {
        value = new Inbound(false);
        sent.value = value;
        SessionEnd end = out.end();
        if (end == null) {
          awaited.put(sent.id(), value);
          if (quota != null) {
            quota.asked(sent);
          }
          out.queue("[\"pull\"," + sent.id() + "]");
        } else {
          value.done.completeExceptionally(end);
        }
      }
      return new Call(sent.id(), value, deadline());
    } finally {
      lock.unlock();
    }
  }

  /**
   * A value that was asked for.
   *
   * @param deadline until when it is waited for, as System.nanoTime tells it
   */
  record Call(long id, Inbound value, long deadline) {
    /** How many nanoseconds are left. */
    long left() {
      return Math.max(0, deadline - System.nanoTime());
    }
  }

  /**
   * Waits for a value.
   *
   * @throws WorkerException if it does not come in time, or the session ends
   */
  Inbound await(RpcNode node, Call call) {
    try {
      return call.value().done.get(call.left(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      abandon(call);
      throw failures.timedOut(node, callTimeout);
    } catch (InterruptedException e) {
      abandon(call);
      Thread.currentThread().interrupt();
      throw failures.interrupted(node, Delivery.UNKNOWN);
    } catch (ExecutionException e) {
      throw failure(node, call, e.getCause());
    }
  }

  /** Makes the exception of a call that did not come to its value. */
  WorkerException failure(RpcNode node, Call call, @Nullable Throwable cause) {
    if (cause instanceof TimeoutException) {
      abandon(call);
      return failures.timedOut(node, callTimeout);
    }
    SessionEnd why =
        cause instanceof SessionEnd known
            ? known
            : new SessionEnd("the session failed", cause, false, Long.MAX_VALUE, Long.MAX_VALUE);
    return failures.ended(node, why, why.neverRan(call.id(), call.value().position));
  }

  /**
   * Lets the Worker drop a value that nobody waits for any more. The binding proxy is told when the
   * call has ended, since it has its place until then.
   */
  void abandon(Call call) {
    call.value().abandon();
    lock.lock();
    try {
      boolean runs = quota != null && quota.isRunning(call.id());
      boolean waits = !runs && awaited.remove(call.id(), call.value());
      if (waits && call.value().releasedAtOnce) {
        queueRelease(call.id());
      }
    } finally {
      lock.unlock();
    }
    if (call.value().isWhole()) {
      drop(call.value());
    }
  }

  /** Lets the Worker drop what it keeps, with a value of it that nobody read. */
  void release(Import kept) {
    Inbound value;
    lock.lock();
    try {
      if (quota != null && quota.isRunning(kept.id()) && out.end() == null) {
        value = pull(kept).value();
        value.releasedAtOnce = true;
        value.abandon();
        return;
      }
      value = kept.value;
      queueRelease(kept.id());
    } finally {
      lock.unlock();
    }
    if (value != null && value.isWhole()) {
      drop(value);
    }
  }

  /** Lets the Worker drop what it keeps under that id. */
  void release(long id) {
    lock.lock();
    try {
      queueRelease(id);
    } finally {
      lock.unlock();
    }
  }

  private void queueRelease(long id) {
    if (quota != null) {
      quota.released();
    }
    out.queue("[\"release\"," + id + ",1]");
  }

  /** Queues a message that can't wait. */
  void sendNow(String message) {
    lock.lock();
    try {
      out.queue(message);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Queues a message that is not a call.
   *
   * @param node what it is about, for messages
   * @throws WorkerException with delivery NOT_DELIVERED if the session is over, or if its queue
   *     stays full for the time that a call has
   * @throws IllegalArgumentException if the message is larger than a WebSocket takes
   * @throws IllegalStateException if it is built on something that was released
   */
  void send(Outgoing message, RpcNode node) {
    out.send(message, node, deadline(), null, position -> {});
  }

  @Override
  public void received(String text) {
    try {
      Message message = Message.read(text);
      switch (message.kind()) {
        case RESOLVE, REJECT -> settled(message, text.length());
        case ABORT -> aborted(message.value());
        default -> exports.received(message, text.length());
      }
    } catch (ProtocolException e) {
      abort(String.valueOf(e.getMessage()));
    }
  }

  private void aborted(@Nullable JsonNode error) {
    ProxyAbort known = quota == null ? null : ProxyAbort.read(error);
    if (known == null) {
      close("the Worker aborted the session", false);
    } else {
      finish(known.how(), null, false, known.lastCall());
      socket.close("aborted by the binding proxy");
    }
  }

  private void settled(Message message, int characters) throws ProtocolException {
    JsonNode value = message.value();
    Collection<Long> refused = List.of();
    Inbound inbound;
    lock.lock();
    try {
      inbound = awaited.take(message.id());
      if (inbound == null) {
        drop(value);
        return;
      }
      boolean promise = message.id() < 0;
      boolean rejected = message.kind() == Message.Kind.REJECT;
      if (quota != null) {
        quota.ended(message.id(), value);
        if (rejected && value != null && RpcFailures.isRefusal(value.path(4))) {
          refused = inbound.given; // The proxy kept nothing of the call.
        }
      }
      try {
        awaited.add(inbound, promise ? message.id() : Inbound.ITSELF, rejected, value, characters);
      } catch (ProtocolException e) {
        awaited.put(message.id(), inbound); // It ends with the session.
        throw e;
      }
      if (promise || inbound.releasedAtOnce) {
        queueRelease(message.id());
      }
    } finally {
      lock.unlock();
    }
    exports.forget(refused);
    if (inbound.isWhole()) {
      inbound.done.complete(inbound);
      if (inbound.isAbandoned()) {
        drop(inbound);
      }
    }
  }

  /** Takes in a value that the Worker did not send as a result: the arguments of its call. */
  Inbound receive(JsonNode value, int characters) throws ProtocolException {
    Inbound inbound = new Inbound(false);
    lock.lock();
    try {
      awaited.add(inbound, Inbound.ITSELF, false, value, characters);
    } finally {
      lock.unlock();
    }
    if (inbound.isWhole()) {
      inbound.done.complete(inbound);
    }
    return inbound;
  }

  /** Releases what stands in a value that nobody takes. */
  void drop(Inbound inbound) {
    inbound.drop((form, id, at) -> exports.drop(this, form, id));
  }

  void drop(@Nullable JsonNode value) {
    Inbound.scan(value, (form, id, at) -> exports.drop(this, form, id));
  }

  /** Ends the session since the Worker broke the protocol. */
  void abort(String why) {
    sendNow("[\"abort\",[\"error\",\"Error\",\"the client can't go on: " + why + "\"]]");
    close("the Worker broke the protocol: " + why, false);
  }

  /** Ends the session; what was queued is still written. */
  void close(String how, boolean byUser) {
    finish(how, null, byUser, Long.MAX_VALUE);
    socket.close(byUser ? "closed by the client" : "protocol error");
  }

  @Override
  public void ended(String how, @Nullable Throwable cause) {
    finish(how, cause, false, Long.MAX_VALUE);
  }

  private void finish(String how, @Nullable Throwable cause, boolean byUser, long lastCall) {
    SessionEnd why;
    Collection<Inbound> lost;
    Set<Runnable> told;
    lock.lock();
    try {
      SessionEnd first = out.end(how, cause, byUser, lastCall);
      if (first == null) {
        return;
      }
      why = first;
      lost = awaited.clear();
      told = new LinkedHashSet<>(onEnd);
      onEnd.clear();
    } finally {
      lock.unlock();
    }
    lost.forEach(each -> each.done.completeExceptionally(why));
    told.forEach(Runnable::run);
    exports.ended();
  }

  /** Runs that when the session ends, or now; it must be short and throw nothing. */
  void onEnd(Runnable task) {
    lock.lock();
    try {
      if (out.end() == null) {
        onEnd.add(task);
        return;
      }
    } finally {
      lock.unlock();
    }
    task.run();
  }

  /** Does not run that when the session ends. */
  void forget(Runnable task) {
    lock.lock();
    try {
      onEnd.remove(task);
    } finally {
      lock.unlock();
    }
  }

  /** Why it is over; null if it is not. */
  @Nullable SessionEnd end() {
    lock.lock();
    try {
      return out.end();
    } finally {
      lock.unlock();
    }
  }

  /** How many values are awaited, for tests. */
  int awaitedCount() {
    lock.lock();
    try {
      return awaited.size();
    } finally {
      lock.unlock();
    }
  }
}
