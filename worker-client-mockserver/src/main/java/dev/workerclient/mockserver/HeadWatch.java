package dev.workerclient.mockserver;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds each request's head in what a connection carries. Without pipelining HTTP/1.1 alternates,
 * so that a head begins with the first bytes after any of an answer. Used by one thread.
 */
final class HeadWatch {
  private static final int LONGEST = 256 * 1024;
  private static final String END = "\r\n\r\n";
  private static final String UPGRADED = "HTTP/1.1 101";

  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private boolean complete;
  private boolean upgraded;

  /** Takes what was read; returns the head of the request if this completes it. */
  @Nullable RequestHead received(byte[] bytes, int offset, int count) {
    if (complete || count <= 0) {
      return null;
    }
    received.write(bytes, offset, count);
    String text = received.toString(StandardCharsets.ISO_8859_1);
    int end = text.indexOf(END);
    complete = end >= 0 || received.size() > LONGEST;
    return end < 0 ? null : RequestHead.parse(text.substring(0, end));
  }

  /** From now on an answer is sent, of which this is a part; after a 101 there are no heads. */
  void answering(byte[] bytes, int offset, int count) {
    if (complete && !upgraded) {
      int length = Math.min(count, UPGRADED.length());
      upgraded = UPGRADED.equals(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
      complete = upgraded;
      received.reset();
    }
  }
}
