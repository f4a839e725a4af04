package dev.workerclient;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The stream of an application, as applications get them wrong. */
final class BrokenBody extends InputStream {
  private final byte[] content;
  private final @Nullable Throwable inRead;
  private final @Nullable Throwable inClose;
  private final boolean endless;
  private final AtomicInteger closed = new AtomicInteger();
  private int position;

  private BrokenBody(
      int length, @Nullable Throwable inRead, @Nullable Throwable inClose, boolean endless) {
    this.content = new byte[length];
    this.inRead = inRead;
    this.inClose = inClose;
    this.endless = endless;
  }

  /** Throws it at the first read. */
  static BrokenBody inRead(Throwable failure) {
    return inReadAfter(0, failure);
  }

  /** Throws it after so many bytes. */
  static BrokenBody inReadAfter(int length, Throwable failure) {
    return new BrokenBody(length, failure, null, false);
  }

  /** Brings so many bytes and throws when it is closed. */
  static BrokenBody inClose(int length, Throwable failure) {
    return new BrokenBody(length, null, failure, false);
  }

  /** Brings so many bytes, and then returns 0 of them for ever. */
  static BrokenBody returningNothing(int length) {
    return new BrokenBody(length, null, null, true);
  }

  /** How often it was closed. */
  int timesClosed() {
    return closed.get();
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    int read = Math.min(length, content.length - position);
    if (read == 0) {
      if (inRead != null) {
        throw Thrown.sneaky(inRead);
      }
      return endless ? 0 : -1;
    }
    position += read;
    return read;
  }

  @Override
  public void close() throws IOException {
    closed.incrementAndGet();
    if (inClose != null) {
      throw Thrown.sneaky(inClose);
    }
  }
}
