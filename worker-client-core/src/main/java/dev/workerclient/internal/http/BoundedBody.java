package dev.workerclient.internal.http;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;

/** Reads a body whole, up to a limit of decompressed bytes. */
final class BoundedBody {
  private static final int CHUNK = 8 * 1024;
  private static final byte[] EMPTY = {};

  private BoundedBody() {}

  /**
   * Returns the whole body. What has arrived before a cancel is not worked on after it: 16 MiB of
   * gzip can be 16 GiB.
   *
   * @throws TooLargeException as soon as more than {@code limit} bytes are there
   */
  static byte[] read(ResponseBody body, long limit, BooleanSupplier cancelled) throws IOException {
    if (body.contentLength() == 0) {
      return EMPTY;
    }
    if (body.contentLength() > limit) {
      throw new TooLargeException(limit);
    }
    BufferedSource source = body.source();
    // In chunks: reading inflated gzip in one go is quadratic (measured on OkHttp 5.5.1).
    Buffer collected = new Buffer();
    while (source.read(collected, CHUNK) != -1) {
      if (collected.size() > limit) {
        collected.clear();
        throw new TooLargeException(limit);
      }
      if (cancelled.getAsBoolean()) {
        throw new IOException("cancelled");
      }
    }
    return collected.readByteArray();
  }

  /**
   * Reads the body to its end and keeps none of it. It is not cut short: that may end a Worker's
   * work, and the connection with it.
   */
  static byte[] drop(ResponseBody body, BooleanSupplier cancelled) throws IOException {
    BufferedSource source = body.source();
    Buffer piece = new Buffer();
    while (source.read(piece, CHUNK) != -1) {
      piece.clear();
      if (cancelled.getAsBoolean()) {
        throw new IOException("cancelled");
      }
    }
    return EMPTY;
  }

  /** The body is larger than it may be. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(long limit) {
      super("more than " + limit + " bytes");
    }
  }
}
