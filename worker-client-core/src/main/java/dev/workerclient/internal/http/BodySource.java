package dev.workerclient.internal.http;

import java.io.IOException;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;

/** Reads the application's stream, and tells its failures from those of the connection. */
final class BodySource extends ForwardingSource {
  /** A stream that returns nothing so often in a row never returns anything. */
  private static final int MOST_EMPTY_READS = 100;

  private final long length;
  private final StreamedBody body;
  private long sent;

  /**
   * Reads a stream.
   *
   * @param length how much it must bring, or -1
   */
  BodySource(Source stream, long length, StreamedBody body) {
    super(stream);
    this.length = length;
    this.body = body;
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    long start = System.nanoTime();
    long read;
    try {
      read = readSome(sink, byteCount);
    } finally {
      body.took(System.nanoTime() - start);
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
