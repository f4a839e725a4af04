package dev.workerclient.rpc;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the application's Publisher brings as a ReadableStream: an element is asked for when
 * the Worker is less than a window behind. Thread-safe.
 */
final class OutboundPublisher implements Outbound, Flow.Subscriber<Object> {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient.rpc");

  private final SessionCaller caller;
  private final ChunkSender pipe;
  private final Flow.Publisher<?> publisher;
  private final Demand demand = new Demand(this::fail);
  private final Runnable atSessionEnd = this::refused;

  // What follows is guarded by this.
  /** How many characters the Worker has not taken. */
  private long ahead;

  /** Whether there is a subscription, and every element that was asked for has come. */
  private boolean idle;

  /** Whether an element is being sent: until then its pipe is not released. */
  private boolean sending;

  /** Whether no element is sent any more. */
  private boolean over;

  /** Whether nothing is, so that the pipe can be released. */
  private boolean done;

  OutboundPublisher(SessionCaller caller, ChunkSender pipe, Flow.Publisher<?> publisher) {
    this.caller = caller;
    this.pipe = pipe;
    this.publisher = publisher;
  }

  @Override
  public void run() {
    caller.session().onEnd(atSessionEnd);
    try {
      publisher.subscribe(this);
    } catch (RuntimeException e) { // Which it must not.
      fail();
    }
  }

  @Override
  public void giveUp() {
    pipe.release();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    Objects.requireNonNull(subscription, "subscription");
    if (!demand.begin(subscription)) {
      subscription.cancel(); // It has one.
      return;
    }
    synchronized (this) {
      idle = true;
    }
    askIfReady();
  }

  @Override
  @SuppressWarnings("NullAway") // Which the publisher must not give, and is told so.
  public void onNext(Object element) {
    if (element == null) {
      fail();
      throw new NullPointerException("element");
    }
    try {
      send(pipe.chunk(References.argument(element, caller)));
    } catch (IllegalArgumentException | IllegalStateException e) { // It has no form.
      LOGGER.warn("an element of a Flow.Publisher can't be sent, which ends the stream", e);
      fail();
    } catch (IOException e) { // The session is over, or does not send it in time.
      fail();
    }
  }

  private void send(String message) throws IOException {
    int size = message.length();
    synchronized (this) {
      if (over) {
        return;
      }
      ahead += size;
      sending = true;
    }
    try {
      CompletableFuture<Void> unused =
          pipe.offer(message).thenAccept(refusal -> taken(size, refusal.isPresent()));
    } finally {
      sent();
    }
    askIfReady();
  }

  private void sent() {
    boolean releases;
    synchronized (this) {
      sending = false;
      idle = true;
      releases = done;
    }
    if (releases) {
      pipe.release();
    }
  }

  private void askIfReady() {
    synchronized (this) {
      if (over || !idle || ahead >= ChunkSender.WINDOW) {
        return;
      }
      idle = false;
    }
    demand.ask();
  }

  /** On the reader's thread, which runs no code of the application. */
  private void taken(int size, boolean refused) {
    boolean waited;
    synchronized (this) {
      ahead -= size;
      waited = idle;
    }
    if (refused) {
      refused();
    } else if (waited) {
      later(this::askIfReady);
    }
  }

  /** The Worker takes no more, or the session is over. */
  private void refused() {
    if (end()) {
      release();
      later(demand::cancel);
    }
  }

  private void later(Runnable task) {
    try {
      caller.session().exports.run(task);
    } catch (RejectedExecutionException e) {
      // The application ended its executor.
    }
  }

  @Override
  public void onError(Throwable failure) { // Its message stays here.
    abort();
    Objects.requireNonNull(failure, "failure");
  }

  @Override
  public void onComplete() {
    if (end()) {
      try {
        CompletableFuture<Inbound> unused = pipe.close();
      } catch (IOException e) {
        // The session is over, and the stream with it.
      }
      release();
    }
  }

  private void fail() {
    abort();
    demand.cancel();
  }

  private void abort() {
    if (end()) {
      pipe.abort();
      release();
    }
  }

  /** Lets the Worker drop the pipe, after what is being sent by another thread. */
  private void release() {
    synchronized (this) {
      done = true;
      if (sending) {
        return;
      }
    }
    pipe.release();
  }

  /** Returns whether it was not over before. */
  private boolean end() {
    synchronized (this) {
      if (over) {
        return false;
      }
      over = true;
    }
    caller.session().forget(atSessionEnd);
    return true;
  }
}
