package dev.workerclient.internal.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request's body as one attempt sends it. A file or a stream is opened before anything is sent,
 * so that one which can't be opened leaves nothing behind, and closed when the attempt ends. Used
 * by one thread.
 */
final class AttemptBody extends RequestBody implements Closeable {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");

  private final Payload payload;
  private final byte @Nullable [] bytes;
  private final @Nullable MediaType type;
  private Payload.@Nullable Opened opened;
  private long length;
  private long nanosReading;

  /**
   * Makes the body.
   *
   * @param bytes all of it if it is in memory; else null, and the payload opens it
   */
  AttemptBody(Payload payload, byte @Nullable [] bytes, @Nullable MediaType type) {
    this.payload = payload;
    this.bytes = bytes;
    this.type = type;
    Payload.Writing writing = payload.writing();
    this.length = writing != null ? writing.length() : bytes == null ? -1 : bytes.length;
  }

  /** Opens the body, unless it is in memory or written. */
  void open() throws BodyException {
    if (bytes != null || payload.writing() != null) {
      return;
    }
    long start = System.nanoTime();
    try {
      Payload.Opened now = payload.open();
      opened = now;
      length = now.length();
    } finally {
      nanosReading += System.nanoTime() - start;
    }
  }

  /** Whether the application's own code took at least so long to bring the body. */
  boolean took(long nanos) {
    return bytes == null && nanosReading >= nanos;
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
    if (bytes != null) {
      sink.write(bytes);
      return;
    }
    if (!payload.begin()) {
      throw new BodyException(
          "it was already read",
          "give body(…) a Supplier of streams instead",
          new IOException("the stream is used up"));
    }
    Payload.Writing writing = payload.writing();
    if (writing != null) {
      new BodySink(sink).take(writing.writer());
      return;
    }
    if (opened == null) {
      open(); // An interceptor of the application's sends it once more.
    }
    Payload.Opened sent = Objects.requireNonNull(opened);
    opened = null;
    try (BodySource source = new BodySource(Okio.source(sent.stream()))) {
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

  /** Reads the application's stream, and tells its failures from those of the connection. */
  private final class BodySource extends ForwardingSource {
    /** A stream that returns nothing so often in a row never returns anything. */
    private static final int MOST_EMPTY_READS = 100;

    private long sent;

    BodySource(Source stream) {
      super(stream);
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      long start = System.nanoTime();
      long read;
      try {
        read = readSome(sink, byteCount);
      } finally {
        nanosReading += System.nanoTime() - start;
      }
      sent += Math.max(read, 0);
      if (length >= 0 && (sent > length || (read < 0 && sent < length))) {
        throw new BodyException(
            "the file had " + length + " bytes and changed while it was sent",
            "send a copy that nobody writes to, or give body(…) a Supplier of streams",
            null);
      }
      return read;
    }

    private long readSome(Buffer sink, long byteCount) throws IOException {
      for (int i = 0; i < MOST_EMPTY_READS; i++) {
        long read;
        try {
          read = super.read(sink, byteCount);
        } catch (Throwable e) { // Of any type, since it may be written in Kotlin.
          throw BodyException.of("its stream threw", e);
        }
        if (read != 0 || byteCount == 0) {
          return read;
        }
      }
      throw new BodyException(
          "read() returned 0 bytes " + MOST_EMPTY_READS + " times in a row",
          "let the stream's read() wait for a byte, or return -1 at the end",
          null);
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } catch (Throwable e) {
        throw BodyException.of("its stream's close() threw", e);
      }
    }
  }

  /** Has the application write, and tells its failures from those of the connection. */
  private final class BodySink extends OutputStream {
    private final BufferedSink sink;
    private long sent;
    private long nanosSending;
    private @Nullable IOException broken;

    BodySink(BufferedSink sink) {
      this.sink = sink;
    }

    void take(Payload.Writer writer) throws IOException {
      long start = System.nanoTime();
      @Nullable Throwable thrown = null;
      try {
        writer.writeTo(this);
      } catch (Throwable e) { // Of any type, since it may be written in Kotlin.
        thrown = e;
      }
      nanosReading += System.nanoTime() - start - nanosSending;
      if (broken != null) {
        throw broken; // Whatever the application made of it.
      }
      if (thrown != null) {
        throw BodyException.of("its writer threw", thrown);
      }
      if (length >= 0 && sent < length) {
        throw unlikeItsLength();
      }
    }

    private BodyException unlikeItsLength() {
      return new BodyException(
          "its length is " + length + " bytes, and its writer wrote " + sent,
          "let the writer write as many bytes as length() returns, or return -1 there",
          null);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      Objects.checkFromIndexSize(offset, count, bytes.length);
      long start = System.nanoTime();
      sent += count;
      try {
        if (length >= 0 && sent > length) {
          throw unlikeItsLength();
        }
        sink.write(bytes, offset, count);
      } catch (IOException e) {
        broken = e;
        throw e;
      } finally {
        nanosSending += System.nanoTime() - start;
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        sink.flush();
      } catch (IOException e) {
        broken = e;
        throw e;
      }
    }
  }

  /** The request's own body failed, and not the connection. */
  static final class BodyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String fix;

    /**
     * Makes the exception.
     *
     * @param what what is wrong with the body, as the end of a sentence
     * @param fix what to write instead
     */
    BodyException(String what, String fix, @Nullable Throwable cause) {
      super("the request's body could not be read: " + what, cause);
      this.fix = fix;
    }

    /**
     * What the application's stream or supplier threw; its type is named, its message is not.
     *
     * @param what whose failure it was, such as {@code its supplier threw}
     */
    static BodyException of(String what, Throwable thrown) {
      String type = UserCode.threw(thrown).getClass().getName();
      return new BodyException(what + " " + type, "see the exception's cause", thrown);
    }

    String what() {
      return String.valueOf(getMessage());
    }

    String fix() {
      return fix;
    }
  }
}
