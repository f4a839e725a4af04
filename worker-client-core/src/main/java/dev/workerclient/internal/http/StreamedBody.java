package dev.workerclient.internal.http;

import java.io.Closeable;
import java.io.IOException;
import java.util.Objects;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file or a stream as the body of an attempt. It is opened before anything is sent, so that one
 * which can't be opened leaves nothing behind, and closed when the attempt ends. Used by one
 * thread.
 */
final class StreamedBody extends RequestBody implements Closeable {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");

  private final Payload payload;
  private final @Nullable MediaType type;
  private Payload.@Nullable Opened opened;
  private long length = -1;
  private long nanosReading;

  StreamedBody(Payload payload, @Nullable MediaType type) {
    this.payload = payload;
    this.type = type;
  }

  /** Opens the body. */
  void open() throws BodyException {
    long start = System.nanoTime();
    try {
      Payload.Opened now = payload.open();
      opened = now;
      length = now.length();
    } finally {
      took(System.nanoTime() - start);
    }
  }

  /** How long the application's own code took to bring the body. */
  long nanosReading() {
    return nanosReading;
  }

  void took(long nanos) {
    nanosReading += nanos;
  }

  @Override
  public @Nullable MediaType contentType() {
    return type;
  }

  @Override
  public long contentLength() {
    return length;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    if (!payload.begin()) {
      throw new BodyException(
          "it was read before",
          "give body(…) a Supplier of streams instead",
          new IOException("the stream is used up"));
    }
    if (opened == null) {
      open(); // An interceptor of the application's sends it once more.
    }
    Payload.Opened sent = Objects.requireNonNull(opened);
    opened = null;
    try (BodySource source = new BodySource(Okio.source(sent.stream()), length, this)) {
      sink.writeAll(source);
    }
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  /** Closes a stream that was opened for this attempt and not read. */
  @Override
  public void close() {
    Payload.Opened unread = opened;
    opened = null;
    if (unread != null && payload.opensAnew()) {
      try {
        unread.stream().close();
      } catch (Throwable e) { // Nothing of it was sent.
        LOGGER.warn("the request's body could not be closed", UserCode.ignored(e));
      }
    }
  }
}
