package dev.workerclient.internal.http;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** A response's body with bounds on what the server sends beside it. */
final class NetworkBody extends ResponseBody {
  private final ResponseBody received;
  private final long length;
  private final BufferedSource source;

  private NetworkBody(ResponseBody received, long length, BufferedSource source) {
    this.received = received;
    this.length = length;
    this.source = source;
  }

  /**
   * Returns the response with its body bounded, and decoded if it is gzip that OkHttp asked for by
   * itself, and would decode.
   *
   * @param original the call's own request, before interceptors and OkHttp added headers
   */
  static Response bound(Response response, Request original) {
    boolean chunked = isChunked(response);
    boolean gzip = isOurGzip(response, original);
    if (!chunked && !gzip) {
      return response;
    }
    ResponseBody received = response.body();
    Response.Builder bounded = response.newBuilder();
    BufferedSource source = received.source();
    long length = received.contentLength();
    if (chunked) {
      source = Okio.buffer(new ChunkedBody(source));
    }
    if (gzip) {
      bounded.removeHeader("Content-Encoding").removeHeader("Content-Length");
      source = Okio.buffer(new Gunzip(source));
      length = -1;
    }
    return bounded.body(new NetworkBody(received, length, source)).build();
  }

  /** As OkHttp tells it; HTTP/2 has frames instead. */
  private static boolean isChunked(Response response) {
    boolean http1 =
        response.protocol() == Protocol.HTTP_1_1 || response.protocol() == Protocol.HTTP_1_0;
    return http1 && "chunked".equalsIgnoreCase(response.header("Transfer-Encoding"));
  }

  private static boolean isOurGzip(Response response, Request original) {
    return "gzip".equalsIgnoreCase(response.header("Content-Encoding"))
        && "gzip".equals(response.request().header("Accept-Encoding"))
        && original.header("Accept-Encoding") == null
        && original.header("Range") == null;
  }

  @Override
  public @Nullable MediaType contentType() {
    return received.contentType();
  }

  @Override
  public long contentLength() {
    return length;
  }

  @Override
  public BufferedSource source() {
    return source;
  }

  /** What was exceeded, for a sentence; null for any other failure. TLS wraps its socket's. */
  static @Nullable String excess(IOException e) {
    @Nullable Throwable cause = e;
    for (int depth = 0; cause != null && depth < 8; depth++) {
      if (cause instanceof ExcessException excess) {
        return excess.getMessage();
      }
      cause = cause.getCause();
    }
    return null;
  }

  /**
   * A chunked body whose framing is bounded. OkHttp 5.5.1 reads a chunk's size and extension
   * without a limit, before it returns from a read. When a broken body is closed, it parses what is
   * left (measured: 5 s for 11 MB of zeros before a chunk's size). One thread at a time.
   */
  private static final class ChunkedBody extends ForwardingSource {
    private final Overhead overhead = new Overhead();
    private boolean broken;

    ChunkedBody(Source source) {
      super(source);
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      @Nullable Overhead before = CountedSockets.count(overhead);
      try {
        long read = super.read(sink, byteCount);
        overhead.delivered(Math.max(0, read));
        return read;
      } catch (IOException e) {
        broken = true; // OkHttp has let go of the exchange by now.
        throw e;
      } finally {
        CountedSockets.count(before);
      }
    }

    /** Reads on for the connection's sake, within what is left of the overhead. */
    @Override
    public void close() throws IOException {
      if (broken) {
        return;
      }
      @Nullable Overhead before = CountedSockets.count(overhead);
      try {
        super.close();
      } finally {
        CountedSockets.count(before);
      }
    }
  }

  /**
   * Bounds the bytes that a server sends beside a body: chunk sizes, trailers, compression headers,
   * empty blocks. They may be {@link #AHEAD} bytes, and {@link #PER_BYTE} for each byte of the
   * body, so that a stream of tiny chunks can go on for hours. Not thread-safe.
   */
  static final class Overhead {
    /** Has room for trailers as large as OkHttp takes them, 256 KiB. */
    static final int AHEAD = 512 * 1024;

    static final int PER_BYTE = 256;

    private final long most;
    private long left;

    Overhead() {
      this(AHEAD);
    }

    /** Bounds what is received at all, if nothing is delivered. */
    Overhead(long most) {
      this.most = most;
      this.left = most;
    }

    /**
     * Counts bytes that were received.
     *
     * @throws ExcessException if they are too many for the body that has arrived
     */
    void received(long bytes) throws ExcessException {
      left -= bytes;
      if (left < 0) {
        throw new ExcessException(most);
      }
    }

    /** Counts bytes of the body, which entitle to more overhead. */
    void delivered(long bytes) {
      left = Math.min(most, left + bytes * PER_BYTE);
    }
  }

  /** The server sent more overhead than it may. */
  static final class ExcessException extends IOException {
    private static final long serialVersionUID = 1L;

    ExcessException(long bound) {
      super("more than " + bound + " bytes of framing without content");
    }
  }
}
