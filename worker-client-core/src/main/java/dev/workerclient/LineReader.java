package dev.workerclient;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a body into lines as soon as their ends have arrived, and drops a byte order mark before the
 * first. Used by one thread.
 */
final class LineReader {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final InputStream stream;
  private final long most;
  private final boolean endedByCr;
  private final byte[] buffer = new byte[8 * 1024];
  private int from;
  private int to;
  private boolean first = true;
  private boolean afterCr;

  /**
   * Reads a stream.
   *
   * @param most how many bytes a line may have
   * @param endedByCr whether a carriage return ends a line, with or without a line feed after it
   */
  LineReader(InputStream stream, long most, boolean endedByCr) {
    this.stream = stream;
    this.most = most;
    this.endedByCr = endedByCr;
  }

  /**
   * Returns the next line without its end, or what stands after the last one if that is not empty;
   * null at the end.
   *
   * @throws TooLongException if the line has more bytes than it may
   * @throws IOException if the stream breaks
   */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (fill()) {
      int end = from;
      while (end < to && !isEnd(buffer[end])) {
        end++;
      }
      if (line.size() + (end - from) > most) {
        throw new TooLongException("a line", most);
      }
      line.write(buffer, from, end - from);
      from = end;
      if (end < to) {
        afterCr = buffer[from++] == '\r';
        return whole(line);
      }
    }
    byte[] last = whole(line);
    return last.length == 0 ? null : last;
  }

  /** Reads more if nothing is left, and skips the line feed of a CRLF; false at the end. */
  private boolean fill() throws IOException {
    while (true) {
      if (from == to) {
        from = 0;
        to = Math.max(0, stream.read(buffer, 0, buffer.length));
        if (to == 0) {
          return false;
        }
      }
      if (!afterCr || buffer[from] != '\n') {
        afterCr = false;
        return true;
      }
      afterCr = false;
      from++;
    }
  }

  private boolean isEnd(byte octet) {
    return octet == '\n' || (octet == '\r' && endedByCr);
  }

  private byte[] whole(ByteArrayOutputStream line) {
    byte[] bytes = line.toByteArray();
    boolean marked =
        first
            && bytes.length >= BYTE_ORDER_MARK.length
            && Arrays.equals(bytes, 0, 3, BYTE_ORDER_MARK, 0, 3);
    first = false;
    return marked ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
  }

  /** A line or an event is longer than it may be. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLongException(String what, long most) {
      super(what + " of the body has more than " + most + " bytes");
    }
  }
}
