package dev.workerclient.internal.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the bytes that a server sends beside a body: chunk sizes, trailers, compression headers,
 * empty blocks. They may be {@link #AHEAD} bytes, and {@link #PER_BYTE} for each byte of the body,
 * so that a stream of tiny chunks can go on for hours. Not thread-safe.
 */
final class Overhead {
  /** Has room for trailers as large as OkHttp takes them, 256 KiB. */
  static final int AHEAD = 512 * 1024;

  static final int PER_BYTE = 256;

  private long left = AHEAD;

  /**
   * Counts bytes that were received.
   *
   * @throws ExcessException if they are too many for the body that has arrived
   */
  void received(long bytes) throws ExcessException {
    left -= bytes;
    if (left < 0) {
      throw new ExcessException(AHEAD);
    }
  }

  /** Counts bytes of the body, which entitle to more overhead. */
  void delivered(long bytes) {
    left = Math.min(AHEAD, left + bytes * PER_BYTE);
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

  /** The server sent more overhead than it may. */
  static final class ExcessException extends IOException {
    private static final long serialVersionUID = 1L;

    ExcessException(long bound) {
      super("more than " + bound + " bytes of framing without content");
    }
  }
}
