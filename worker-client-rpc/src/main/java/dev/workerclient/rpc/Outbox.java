package dev.workerclient.rpc;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import okio.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a session sends, in the order in which they were queued, and whether it is
 * over. Guarded by the session's lock.
 */
final class Outbox {
  /** Keeps room for what the reader sends, which can't wait: releases, pulls, refusals. */
  private static final long MOST_QUEUED = SessionSocket.MOST_QUEUED - (1 << 20);

  private static final long POLL_NANOS = 500_000;

  private final ReentrantLock lock;
  private final SessionSocket socket;
  private final SessionFailures failures;
  private final Duration callTimeout;
  private final Exports exports;
  private final @Nullable SessionQuota quota;
  private final Consumer<Import> asks;

  // What follows is guarded by the lock.
  private long queued;
  private @Nullable SessionEnd end;

  /**
   * Makes it.
   *
   * @param asks asks for the value of a call, with the lock, so that the call gives its place back
   */
  Outbox(
      ReentrantLock lock,
      SessionSocket socket,
      SessionFailures failures,
      Duration callTimeout,
      Exports exports,
      @Nullable SessionQuota quota,
      Consumer<Import> asks) {
    this.lock = lock;
    this.socket = socket;
    this.failures = failures;
    this.callTimeout = callTimeout;
    this.exports = exports;
    this.quota = quota;
    this.asks = asks;
  }

  /** Why the session is over; null if it is not. With the lock. */
  @Nullable SessionEnd end() {
    return end;
  }

  /** Sends nothing any more, and returns why; null if that was so before. With the lock. */
  @Nullable SessionEnd end(String how, @Nullable Throwable cause, boolean byUser, long lastCall) {
    if (end != null) {
      return null;
    }
    // If the socket failed, the message that begins there may be on its way; those behind it
    // surely are not. A socket that is closed in order writes its queue first.
    long written = cause != null ? queued - socket.queued() : Long.MAX_VALUE;
    end = new SessionEnd(how, cause, byUser, written, lastCall);
    if (quota != null) {
      quota.ended();
    }
    return end;
  }

  /**
   * Queues a message, and before another one does what belongs to it, with the lock; waits without
   * it.
   *
   * @param places where it waits for its place, if it is a call through the binding proxy
   * @param then gets where in the stream of sent bytes the message begins
   * @throws WorkerException with delivery NOT_DELIVERED if the session is over, or if its queue
   *     stays full until the deadline
   * @throws IllegalArgumentException if the message is larger than a WebSocket takes
   * @throws IllegalStateException if it is built on something that was released
   */
  void send(
      Outgoing message,
      RpcNode node,
      long deadline,
      @Nullable SessionQuota places,
      LongConsumer then) {
    long bytes = Utf8.size(message.text());
    try {
      requireFits(message, bytes, node);
      awaitSent(message, bytes, node, deadline, places, then);
    } catch (RuntimeException e) {
      message.streams().forEach(Outbound::giveUp);
      throw e;
    }
    message.streams().forEach(exports::run);
  }

  private void requireFits(Outgoing message, long bytes, RpcNode node) {
    int characters = message.text().length();
    if (quota != null && characters > quota.limits.messageCharacters()) {
      throw new IllegalArgumentException(
          node.label()
              + " has arguments of "
              + characters
              + " characters, and a message through the binding proxy has at most "
              + quota.limits.messageCharacters()
              + "; send less of it at a time, or set rpcPath(…) on the custom domain");
    }
    if (bytes > MOST_QUEUED) {
      throw new IllegalArgumentException(
          node.label()
              + " has arguments of "
              + bytes
              + " bytes, and a message of a session has at most "
              + MOST_QUEUED
              + "; send less of it at a time, or an InputStream");
    }
  }

  private void awaitSent(
      Outgoing message,
      long bytes,
      RpcNode node,
      long deadline,
      @Nullable SessionQuota places,
      LongConsumer then) {
    while (!trySend(message, bytes, node, deadline, places, then)) {
      if (System.nanoTime() - deadline > 0) {
        throw failures.noRoom(node, callTimeout);
      }
      if (Thread.currentThread().isInterrupted()) {
        throw failures.interrupted(node, Delivery.NOT_DELIVERED);
      }
      LockSupport.parkNanos(POLL_NANOS); // OkHttp tells nobody that its queue was written.
    }
  }

  private boolean trySend(
      Outgoing message,
      long bytes,
      RpcNode node,
      long deadline,
      @Nullable SessionQuota places,
      LongConsumer then) {
    lock.lock();
    try {
      if (places != null) {
        awaitPlace(places, message, node, deadline);
      }
      requireOpen(node);
      message.requireLive();
      if (socket.queued() + bytes > MOST_QUEUED) {
        return false;
      }
      exports.add(message.exports());
      long position = queued;
      queue(message.text(), bytes);
      then.accept(position);
      return true;
    } finally {
      if (places != null) {
        places.passOn();
      }
      lock.unlock();
    }
  }

  private void requireOpen(RpcNode node) {
    if (end != null) {
      throw failures.ended(node, end, true);
    }
  }

  /** Waits, with the lock, until the binding proxy takes one call more. */
  private void awaitPlace(SessionQuota places, Outgoing message, RpcNode node, long deadline) {
    try {
      while (end == null && !places.hasRoom(message.text().length())) {
        if (places.isFullOfResults()) {
          throw failures.keepsTooMuch(node, places.limits);
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw failures.noPlace(node, callTimeout, places.usage());
        }
        Import ends = places.nextUnasked();
        if (ends != null) {
          asks.accept(ends);
        }
        long unused = places.await(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures.interrupted(node, Delivery.NOT_DELIVERED);
    }
  }

  /** With the lock. A message that can't be queued any more is lost with the session. */
  void queue(String message) {
    queue(message, Utf8.size(message));
  }

  private void queue(String message, long bytes) {
    if (end != null) {
      return;
    }
    if (socket.queued() + bytes > SessionSocket.MOST_QUEUED) {
      socket.cancel(); // It does not read; OkHttp would close, with calls in flight.
      return;
    }
    queued += bytes;
    boolean unused = socket.send(message); // If not, its end is on the way.
  }
}
