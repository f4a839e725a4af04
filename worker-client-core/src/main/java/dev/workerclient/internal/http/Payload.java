package dev.workerclient.internal.http;

import dev.workerclient.internal.http.AttemptBody.BodyException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request's body, and whether it can be sent once more. To OkHttp every body is one-shot: it
 * never repeats a request by itself then (measured on 5.5.1: repeats of 401, 408, 421 and 503).
 */
public final class Payload {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");
  private static final long UNKNOWN_LENGTH = -1;

  /** The last one that was parsed: an application has few of them. */
  private static volatile @Nullable MediaType lastType;

  private final String contentType;
  private final byte @Nullable [] bytes;
  private final @Nullable Source source;
  private final @Nullable Writing writing;
  private final boolean repeatable;
  private final AtomicBoolean begun = new AtomicBoolean();

  private Payload(
      String contentType,
      byte @Nullable [] bytes,
      @Nullable Source source,
      @Nullable Writing writing,
      boolean repeatable) {
    this.contentType = contentType;
    this.bytes = bytes;
    this.source = source;
    this.writing = writing;
    this.repeatable = repeatable;
  }

  /** The bytes, which the caller must not change afterwards. */
  public static Payload ofBytes(byte[] bytes, String contentType) {
    return new Payload(contentType, bytes, null, null, true);
  }

  /** The file's content when it is sent. */
  public static Payload ofFile(Path file, String contentType) {
    return new Payload(contentType, null, () -> open(file), null, true);
  }

  /** A stream that the supplier opens for each attempt. */
  public static Payload ofSupplier(Supplier<InputStream> streams, String contentType) {
    return new Payload(contentType, null, () -> open(streams), null, true);
  }

  /** A stream that can be read once. */
  public static Payload ofStream(InputStream stream, String contentType) {
    return new Payload(contentType, null, () -> new Opened(stream, UNKNOWN_LENGTH), null, false);
  }

  /**
   * What the application writes.
   *
   * @param length -1 if it is not known
   * @param repeatable whether it can be written again
   */
  public static Payload ofWriter(
      Writer writer, long length, boolean repeatable, String contentType) {
    return new Payload(contentType, null, null, new Writing(writer, length), repeatable);
  }

  /** The bodies one after another, each opened for each attempt; all must be repeatable. */
  public static Payload ofAll(List<Payload> parts, String contentType) {
    return new Payload(contentType, null, () -> openAll(parts), null, true);
  }

  /** Returns OkHttp's form of a content type; null if it is not one. */
  public static @Nullable MediaType mediaType(String contentType) {
    MediaType type = lastType;
    if (type == null || !type.toString().equals(contentType)) {
      type = MediaType.parse(contentType);
      lastType = type;
    }
    return type;
  }

  /** Whether the body can be sent any number of times. */
  public boolean isRepeatable() {
    return repeatable;
  }

  /** Whether it is bytes, which any number of requests can send at once. */
  boolean isInMemory() {
    return bytes != null;
  }

  /** Whether the body can be sent by another attempt. */
  public boolean canBeSent() {
    return repeatable || !begun.get();
  }

  /**
   * Returns the body for one attempt.
   *
   * @param typed whether it brings its content type, which to OkHttp outweighs a header
   */
  public RequestBody toRequestBody(boolean typed) {
    MediaType type = typed ? mediaType(contentType) : null;
    return new AttemptBody(this, bytes, type);
  }

  /** Opens the body; a stream that can be read once is the same each time. */
  Opened open() throws BodyException {
    return bytes == null
        ? Objects.requireNonNull(source).open()
        : new Opened(new ByteArrayInputStream(bytes), bytes.length);
  }

  /** Notes that the body is being read; false if it was before, and can be read only once. */
  boolean begin() {
    return begun.compareAndSet(false, true) || repeatable;
  }

  /**
   * Whether each attempt opens a stream of its own, which must be closed even if it is not sent.
   */
  boolean opensAnew() {
    return repeatable;
  }

  private static Opened open(Path file) throws BodyException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        throw new BodyException("the file is a directory", "give body(…) a regular file", null);
      }
      long length = attributes.isRegularFile() ? attributes.size() : UNKNOWN_LENGTH;
      return new Opened(Files.newInputStream(file), length);
    } catch (BodyException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw BodyException.of("opening the file threw", e);
    }
  }

  private static Opened open(Supplier<InputStream> streams) throws BodyException {
    InputStream stream;
    try {
      stream = streams.get();
    } catch (Throwable e) { // Kotlin throws checked exceptions too.
      throw BodyException.of("its supplier threw", e);
    }
    if (stream == null) {
      throw new BodyException(
          "its supplier returned null", "let the supplier return a new stream each time", null);
    }
    return new Opened(stream, UNKNOWN_LENGTH);
  }

  private static Opened openAll(List<Payload> parts) throws BodyException {
    JoinedStream joined = new JoinedStream();
    long length = 0;
    boolean complete = false;
    try {
      for (Payload part : parts) {
        Opened opened = part.open();
        joined.add(opened.stream());
        length = length < 0 || opened.length() < 0 ? UNKNOWN_LENGTH : length + opened.length();
      }
      complete = true;
      return new Opened(joined, length);
    } finally {
      if (!complete) {
        joined.closeQuietly();
      }
    }
  }

  /** Returns what writes the body; null if it is read. */
  @Nullable Writing writing() {
    return writing;
  }

  /** Writes a body. */
  @FunctionalInterface
  public interface Writer {
    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** A body that is written; its length is -1 if that is not known. */
  record Writing(Writer writer, long length) {}

  /** Where a body comes from that is not in memory. */
  @FunctionalInterface
  private interface Source {
    Opened open() throws BodyException;
  }

  /** A body that can be read now; its length is -1 if that is not known. */
  record Opened(InputStream stream, long length) {}

  /** Streams one after another; each is closed at its end, and all of them by {@link #close}. */
  private static final class JoinedStream extends InputStream {
    private final Deque<InputStream> streams = new ArrayDeque<>();

    void add(InputStream stream) {
      streams.add(stream);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      int read = read(one, 0, 1);
      return read < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      while (!streams.isEmpty()) {
        int read = streams.getFirst().read(bytes, offset, length);
        if (read >= 0) {
          return read;
        }
        streams.removeFirst().close();
      }
      return -1;
    }

    @Override
    public void close() throws IOException {
      try {
        while (!streams.isEmpty()) {
          streams.removeFirst().close();
        }
      } finally {
        closeQuietly(); // Those after one whose close() threw.
      }
    }

    /** Closes what is open still, whatever a close throws. */
    void closeQuietly() {
      while (!streams.isEmpty()) {
        try {
          streams.removeFirst().close();
        } catch (Throwable e) { // Of any type, since it may be written in Kotlin.
          LOGGER.warn("a part of the request's body could not be closed", UserCode.ignored(e));
        }
      }
    }
  }
}
