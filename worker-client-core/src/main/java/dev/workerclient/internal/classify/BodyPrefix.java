package dev.workerclient.internal.classify;

import java.io.IOException;

/** The first bytes of a response's decompressed body, which stay there for the user. */
@FunctionalInterface
public interface BodyPrefix {
  /** The most that is ever asked for. */
  int LIMIT = 64 * 1024;

  /**
   * Returns up to {@code limit} bytes from the start of the body, fewer only where it ends before.
   * Waits for them, so that little is asked for before it is likely that more is of use.
   *
   * @throws IOException if the body breaks
   */
  byte[] peek(int limit) throws IOException;
}
