package dev.workerclient.internal.http;

import dev.workerclient.internal.classify.Failure;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Function;
import okhttp3.Response;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;

/**
 * The body of a streaming call, bounded by the time between two reads and not by the call's
 * deadline. One thread reads it; any may close it.
 */
public final class OpenBody implements Closeable {
  private static final int CHUNK = 8 * 1024;

  private final Response response;
  private final okhttp3.Call call;
  private final Wire wire;
  private final Watchdog watchdog;
  private final Duration readIdle;
  private final boolean answerProven;
  private final Cancellation cancellation;
  private boolean reading;
  private boolean closed;

  OpenBody(
      Response response,
      okhttp3.Call call,
      Wire wire,
      Watchdog watchdog,
      Duration readIdle,
      boolean answerProven,
      Cancellation cancellation) {
    this.response = response;
    this.call = call;
    this.wire = wire;
    this.watchdog = watchdog;
    this.readIdle = readIdle;
    this.answerProven = answerProven;
    this.cancellation = cancellation;
    wire.readPauses();
  }

  /** Returns the stream; a failure is thrown from {@code read} as the mapped exception. */
  public InputStream stream(Function<Failure, IOException> mapper) {
    return new BodyStream(Okio.buffer(new WatchedSource(mapper)).inputStream());
  }

  /**
   * Reads the start of a body that nobody reads on: what comes within the time between two reads,
   * up to so many bytes, or until it breaks.
   */
  public byte[] readStart(InputStream stream, int most) {
    Buffer start = new Buffer();
    Watchdog.Timer timer = watchdog.start(readIdle, call::cancel);
    try {
      byte[] chunk = new byte[Math.min(most, CHUNK)];
      for (int read = 0; read >= 0 && start.size() < most; ) {
        read = stream.read(chunk, 0, (int) Math.min(chunk.length, most - start.size()));
        start.write(chunk, 0, Math.max(read, 0));
      }
    } catch (IOException e) {
      return start.readByteArray(); // The status says enough.
    } finally {
      timer.stop();
    }
    return start.readByteArray();
  }

  /** Okio's stream waits for more of the body even if no byte of it is wanted. */
  private static final class BodyStream extends FilterInputStream {
    BodyStream(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return length == 0 ? 0 : in.read(bytes, offset, length);
    }
  }

  /**
   * Gives the connection back, or closes it if the body was not read to its end. OkHttp's body is
   * not safe to close beside a read, so the reader does it then, woken by a cancel.
   */
  @Override
  public void close() {
    boolean beside;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      beside = reading;
    }
    wire.gaveUp();
    if (beside) {
      call.cancel();
    } else {
      wire.readBegins();
      response.close();
    }
  }

  private synchronized void beginRead() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    reading = true;
    wire.readBegins();
  }

  private void endRead() {
    boolean late;
    synchronized (this) {
      reading = false;
      late = closed;
    }
    if (late) {
      response.close();
    } else {
      wire.readPauses();
    }
  }

  private synchronized boolean isStopped() {
    return closed || cancellation.isCancelled();
  }

  private final class WatchedSource extends ForwardingSource {
    private final Function<Failure, IOException> mapper;

    WatchedSource(Function<Failure, IOException> mapper) {
      super(response.body().source());
      this.mapper = mapper;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      beginRead();
      Watchdog.Timer idle = watchdog.start(readIdle, call::cancel);
      try {
        long read = super.read(sink, byteCount);
        wire.arrived();
        return read;
      } catch (IOException e) {
        throw mapper.apply(
            TransportFailure.ofStream(e, idle.hasFired(), isStopped(), answerProven));
      } finally {
        idle.stop();
        endRead();
      }
    }

    @Override
    public void close() {
      OpenBody.this.close();
    }
  }
}
