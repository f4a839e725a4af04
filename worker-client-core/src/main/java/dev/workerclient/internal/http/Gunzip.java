package dev.workerclient.internal.http;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import okio.Buffer;
import okio.BufferedSource;
import okio.Source;
import okio.Timeout;

/**
 * Decodes gzip of one or more members. What brings no decoded byte (headers, names, comments, empty
 * blocks and members) is bounded, and not collected: okio's GzipSource takes one member alone, and
 * buffers a name until it ends. One thread at a time.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952.html">RFC 1952</a>
 */
final class Gunzip implements Source {
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final BufferedSource source;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final Buffer.UnsafeCursor cursor = new Buffer.UnsafeCursor();
  private final NetworkBody.Overhead overhead = new NetworkBody.Overhead();
  private boolean begun;
  private boolean withinMember;

  Gunzip(BufferedSource source) {
    this.source = source;
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    while (byteCount > 0) {
      if (!withinMember) {
        if (begun && source.exhausted()) {
          return -1;
        }
        readHeader();
      }
      int inflated = inflate(sink, byteCount);
      if (inflated > 0) {
        return inflated;
      }
      if (inflater.finished()) {
        readTrailer();
      } else {
        refill();
      }
    }
    return 0;
  }

  private int inflate(Buffer sink, long byteCount) throws IOException {
    int inputBefore = inflater.getRemaining();
    long size = sink.size();
    int inflated = 0;
    sink.readAndWriteUnsafe(cursor);
    try {
      int room = (int) Math.min(byteCount, cursor.expandBuffer(1));
      inflated = inflater.inflate(cursor.data, cursor.start, room);
      crc.update(cursor.data, cursor.start, inflated);
    } catch (DataFormatException e) {
      throw invalid();
    } finally {
      cursor.resizeBuffer(size + inflated);
      cursor.close();
    }
    int consumed = inputBefore - inflater.getRemaining();
    source.skip(consumed);
    overhead.received(consumed);
    overhead.delivered(inflated);
    return inflated;
  }

  /** Hands over the next segment, which stays in the source until it is used up. */
  private void refill() throws IOException {
    if (!inflater.needsInput()) {
      throw invalid(); // A preset dictionary, which gzip does not use.
    }
    if (source.exhausted()) {
      throw new EOFException();
    }
    source.getBuffer().readUnsafe(cursor);
    try {
      cursor.seek(0);
      inflater.setInput(cursor.data, cursor.start, cursor.end - cursor.start);
    } finally {
      cursor.close();
    }
  }

  private void readHeader() throws IOException {
    crc.reset();
    if (next() != 0x1f || next() != 0x8b || next() != 8) {
      throw invalid();
    }
    int flags = next();
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(nextShort());
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      int expected = (int) crc.getValue() & 0xffff;
      require(nextShort() == expected);
    }
    crc.reset();
    inflater.reset();
    begun = true;
    withinMember = true;
  }

  private void readTrailer() throws IOException {
    withinMember = false;
    overhead.received(8);
    require(source.readIntLe() == (int) crc.getValue());
    require(source.readIntLe() == (int) inflater.getBytesWritten());
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // The name or comment goes on.
    }
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      next();
    }
  }

  private int nextShort() throws IOException {
    int low = next();
    return low | next() << 8;
  }

  private int next() throws IOException {
    overhead.received(1);
    int next = source.readByte() & 0xff;
    crc.update(next);
    return next;
  }

  private static void require(boolean matches) throws ZipException {
    if (!matches) {
      throw invalid();
    }
  }

  private static ZipException invalid() {
    return new ZipException("the body is not valid gzip");
  }

  @Override
  public Timeout timeout() {
    return source.timeout();
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    source.close();
  }
}
