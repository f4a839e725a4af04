package dev.workerclient.internal.http;

import dev.workerclient.error.WorkerTimeoutException.Phase;
import dev.workerclient.internal.classify.BodyPrefix;
import dev.workerclient.internal.classify.Classifier;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.Provenance;
import dev.workerclient.internal.classify.Secrets;
import java.io.IOException;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** One request and its response, classified and, unless it is streamed, read. Used once. */
final class Exchange implements BodyPrefix, Runnable, BooleanSupplier {
  private static final int CHUNK = 8 * 1024;
  private static final byte[] NO_BYTES = {};

  private final Transport transport;
  private final Wire wire;
  private final Provenance provenance;
  private final CallSpec spec;
  private final Cancellation cancellation;
  private final long nanos;
  private final boolean callEnds;

  /** Null if the attempt must end at its limit. */
  private final @Nullable Extension extension;

  /** Replaced by another one, if it fired when the attempt could go on. */
  private Watchdog.Timer timer;

  private volatile okhttp3.Call call;

  private @Nullable Response received;
  private boolean answerProven;

  /** How an attempt can go on at its limit, once. The exchange's lock guards it. */
  static final class Extension {
    private final long nanos;
    private final BooleanSupplier mayEnd;
    private boolean used;
    private boolean tooLate;

    /**
     * Lets an attempt last longer.
     *
     * @param nanos how much
     * @param mayEnd asked at the limit, whether the attempt ends there after all
     */
    Extension(long nanos, BooleanSupplier mayEnd) {
      this.nanos = nanos;
      this.mayEnd = mayEnd;
    }
  }

  /** Starts the attempt's timer. */
  Exchange(
      Transport transport,
      okhttp3.Call call,
      Wire wire,
      Provenance provenance,
      CallSpec spec,
      long nanos,
      boolean callEnds,
      @Nullable Extension extension,
      Cancellation cancellation) {
    this.transport = transport;
    this.call = call;
    this.wire = wire;
    this.provenance = provenance;
    this.spec = spec;
    this.nanos = nanos;
    this.callEnds = callEnds;
    this.extension = extension;
    this.cancellation = cancellation;
    this.timer = transport.watchdog.start(nanos, this);
  }

  /** Cancels the HTTP call, at the limit; at one that is shorter than usual only if that may be. */
  @Override
  public void run() {
    if (ends()) {
      call.cancel();
    }
  }

  private synchronized boolean ends() {
    if (extension == null || extension.used || extension.mayEnd.getAsBoolean()) {
      return true;
    }
    if (!extension.tooLate) {
      extension.used = true;
      timer = transport.watchdog.start(extension.nanos, this);
    }
    return false;
  }

  private synchronized boolean stopTimer() {
    if (extension != null) {
      extension.tooLate = true;
    }
    return timer.stop();
  }

  private synchronized boolean hasTimedOut() {
    return timer.hasFired();
  }

  Outcome send() {
    AttemptBody body = call.request().body() instanceof AttemptBody own ? own : null;
    cancellation.running(call);
    try (body) {
      if (body != null) {
        body.open();
      }
      return receive(wire.restore(execute()));
    } catch (TooLargeException e) {
      return failed(
          TransportFailure.tooLarge(received().code(), spec.limits().maxResponseBytes(), e));
    } catch (IOException e) {
      return failed(failure(e, body));
    } catch (Throwable e) {
      // From the application's interceptor; Kotlin throws checked exceptions too.
      return failed(TransportFailure.ofUserCode(e, wire));
    } finally {
      stopTimer(); // A late cancel could meet the connection's next call.
      cancellation.finished();
    }
  }

  private Response execute() throws IOException {
    while (true) {
      try {
        return call.execute();
      } catch (Wire.BodilessAnswerException e) {
        return e.response();
      } catch (Detour.UnusableException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e; // A virtual thread's interrupt closes each socket that is looked at.
        }
        detour();
      }
    }
  }

  /** Goes on by another OkHttp call, since the connection of this one can't be used. */
  private void detour() {
    okhttp3.Call next = transport.detouring().newCall(call.request());
    next.addEventListener(wire);
    call = next;
    cancellation.running(next);
    if (hasTimedOut()) { // It may have met the call before.
      next.cancel();
    }
  }

  private Outcome receive(Response response) throws IOException {
    received = response;
    boolean handedOver = false;
    // OkHttp throws away what it reads on an interrupted thread; what has arrived is kept instead.
    boolean interrupted = Thread.interrupted();
    wire.readBegins();
    try {
      Failure failure =
          Classifier.classify(
              provenance, response.code(), response.headers(), this, transport.clock);
      if (failure != null) {
        return failed(failure);
      }
      answerProven = provenance.provesAnswers();
      if (!spec.streaming()) {
        Buffer body = read(response.body(), limit(response), this);
        wire.arrived();
        return answered(response, body, null);
      }
      if (!stopTimer()) {
        throw new IOException("cancelled by the timer");
      }
      handedOver = true;
      return answered(response, new Buffer(), openBody(response));
    } catch (TooLargeException e) {
      call.cancel(); // Or OkHttp reads on at the close, for 100 ms.
      throw e;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (!handedOver) {
        response.close();
      }
    }
  }

  /** How many bytes are kept of the body, as {@link #read} takes it. */
  private long limit(Response response) {
    return spec.body() == CallSpec.Body.DROPPED && response.isSuccessful()
        ? -1
        : spec.limits().maxResponseBytes();
  }

  /**
   * Returns the whole body. What has arrived before a cancel is not worked on after it: 16 MiB of
   * gzip can be 16 GiB.
   *
   * @param limit of decompressed bytes; -1 to read to the end and keep nothing: to cut a body short
   *     may end a Worker's work, and the connection with it
   * @throws TooLargeException as soon as more than {@code limit} bytes are there
   */
  static Buffer read(ResponseBody body, long limit, BooleanSupplier cancelled) throws IOException {
    Buffer collected = new Buffer();
    if (limit >= 0 && body.contentLength() > limit) {
      throw new TooLargeException(limit);
    }
    BufferedSource source = body.source();
    // In chunks: reading inflated gzip in one go is quadratic (measured on OkHttp 5.5.1).
    while (source.read(collected, CHUNK) != -1) {
      if (limit < 0) {
        collected.clear();
      } else if (collected.size() > limit) {
        collected.clear();
        throw new TooLargeException(limit);
      }
      if (cancelled.getAsBoolean()) {
        throw new IOException("cancelled");
      }
    }
    return collected;
  }

  /** Whether the HTTP call is cancelled; asked after each piece of a body. */
  @Override
  public boolean getAsBoolean() {
    wire.progressed();
    return call.isCanceled();
  }

  /**
   * The start of the received body, which stays in its source; a stream is not held up for more.
   */
  @Override
  public byte[] peek(int most) throws IOException {
    int limit = spec.streaming() ? Math.min(most, LIMIT) : most;
    BufferedSource source = received().body().source();
    // OkHttp inflates, and takes the header off, unless the user's own Accept-Encoding stops it.
    if (!"gzip".equalsIgnoreCase(received().header("Content-Encoding"))) {
      source.request(limit);
      long length = Math.min(limit, source.getBuffer().size());
      return source.getBuffer().snapshot((int) length).toByteArray();
    }
    try (BufferedSource inflated = Okio.buffer(new Gunzip(source.peek()))) {
      inflated.request(limit);
      return inflated.readByteArray(Math.min(limit, inflated.getBuffer().size()));
    } catch (IOException e) {
      return NO_BYTES; // Not gzip, so not from Cloudflare: the user asked for it.
    }
  }

  private Response received() {
    return Objects.requireNonNull(received);
  }

  private OpenBody openBody(Response response) {
    return new OpenBody(
        response,
        call,
        wire,
        transport.watchdog,
        spec.limits().readIdle(),
        answerProven,
        cancellation);
  }

  private Outcome answered(Response response, Buffer body, @Nullable OpenBody stream) {
    return new Outcome.Answered(
        response.code(),
        response.headers(),
        answerProven,
        body,
        stream,
        new Secrets(call.request().headers()),
        wire.exchanges());
  }

  private Failure failure(IOException e, @Nullable AttemptBody body) {
    String excess = NetworkBody.excess(e);
    if (excess != null) {
      return TransportFailure.endless(e, excess, answerProven);
    }
    boolean timedOut = hasTimedOut();
    if (timedOut) {
      wire.timedOut();
    }
    return TransportFailure.of(
        e,
        wire,
        timedOut ? (callEnds ? Phase.CALL : Phase.ATTEMPT) : null,
        cancellation.isCancelled(),
        answerProven,
        body != null && body.took(nanos / 2));
  }

  private Outcome failed(Failure failure) {
    wire.readBegins();
    wire.gaveUp();
    // An interceptor repeated the request: the last response says nothing of the ones before.
    Failure known = wire.exchanges() > 1 ? failure.withoutProof() : failure;
    Secrets secrets = new Secrets(call.request().headers());
    return new Outcome.Failed(known.hiding(secrets), wire.exchanges());
  }

  /** The body is larger than it may be. */
  private static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(long limit) {
      super("more than " + limit + " bytes");
    }
  }
}
