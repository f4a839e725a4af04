package dev.workerclient.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, and whether it can be sent once more. To OkHttp every body is one-shot: it
 * never repeats a request by itself then (measured on 5.5.1: repeats of 401, 408, 421 and 503).
 */
public final class Payload {
  private static final long UNKNOWN_LENGTH = -1;

  private final String contentType;
  private final Content content;
  private final boolean repeatable;
  private final AtomicBoolean begun = new AtomicBoolean();

  private Payload(String contentType, Content content, boolean repeatable) {
    this.contentType = contentType;
    this.content = content;
    this.repeatable = repeatable;
  }

  /** The bytes, which the caller must not change afterwards. */
  public static Payload ofBytes(byte[] bytes, String contentType) {
    return new Payload(
        contentType,
        new Content() {
          @Override
          public long length() {
            return bytes.length;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            sink.write(bytes);
          }
        },
        true);
  }

  /** The file's content when it is sent. */
  public static Payload ofFile(Path file, String contentType) {
    return new Payload(
        contentType,
        new Content() {
          @Override
          public long length() throws IOException {
            try {
              return Files.size(file);
            } catch (IOException e) {
              throw new UnreadableException(e);
            }
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            copy(open(file), sink);
          }
        },
        true);
  }

  /** A stream that the supplier opens for each attempt. */
  public static Payload ofSupplier(Supplier<InputStream> streams, String contentType) {
    return new Payload(contentType, sink -> copy(streams.get(), sink), true);
  }

  /** A stream that can be read once. */
  public static Payload ofStream(InputStream stream, String contentType) {
    return new Payload(contentType, sink -> copy(stream, sink), false);
  }

  /** Whether the body can be sent any number of times. */
  public boolean isRepeatable() {
    return repeatable;
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
    MediaType type = typed ? MediaType.parse(contentType) : null;
    return new RequestBody() {
      @Override
      public @Nullable MediaType contentType() {
        return type;
      }

      @Override
      public long contentLength() throws IOException {
        return content.length();
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        boolean first = begun.compareAndSet(false, true);
        if (!first && !repeatable) {
          throw new UnreadableException(new IOException("the stream is used up"));
        }
        content.writeTo(sink);
      }

      @Override
      public boolean isOneShot() {
        return true;
      }
    };
  }

  private static InputStream open(Path file) throws UnreadableException {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new UnreadableException(e);
    }
  }

  private static void copy(InputStream stream, BufferedSink sink) throws IOException {
    try (Source source = new BodySource(Okio.source(stream))) {
      sink.writeAll(source);
    }
  }

  /** The body's own source failed, and not the connection. */
  static final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableException(IOException cause) {
      super("the request's body can't be read", cause);
    }
  }

  private static final class BodySource extends ForwardingSource {
    BodySource(Source source) {
      super(source);
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      try {
        return super.read(sink, byteCount);
      } catch (IOException e) {
        throw new UnreadableException(e);
      }
    }
  }

  @FunctionalInterface
  private interface Content {
    default long length() throws IOException {
      return UNKNOWN_LENGTH;
    }

    void writeTo(BufferedSink sink) throws IOException;
  }
}
