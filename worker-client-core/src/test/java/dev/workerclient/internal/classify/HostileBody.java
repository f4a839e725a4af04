package dev.workerclient.internal.classify;

import java.io.IOException;
import java.util.Arrays;

/** A body that counts how often it is asked, and refuses to be asked for more than is allowed. */
final class HostileBody implements BodyPrefix {
  private final byte[] bytes;
  private final boolean breaks;
  private int reads;

  HostileBody(byte[] bytes, boolean breaks) {
    this.bytes = bytes;
    this.breaks = breaks;
  }

  @Override
  public byte[] peek(int limit) throws IOException {
    reads++;
    if (limit < 0 || limit > LIMIT) {
      throw new AssertionError("asked for " + limit + " bytes");
    }
    if (breaks) {
      throw new BrokenException();
    }
    return Arrays.copyOf(bytes, Math.min(bytes.length, limit));
  }

  int reads() {
    return reads;
  }

  static final class BrokenException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
