package dev.workerclient.internal.classify;

import java.io.IOException;

/** The first bytes of a response's decompressed body, which stay there for the user. */
@FunctionalInterface
public interface BodyPrefix {
  /** The most that is asked for, but for a page that already looks like Cloudflare's. */
  int LIMIT = 64 * 1024;

  /** The most that is asked for of such a page; of a streamed one, no more than {@link #LIMIT}. */
  int PAGE_LIMIT = 512 * 1024;

  /**
   * Returns up to {@code limit} bytes from the start of the body, fewer only if it ends before.
   * Waits for them, so that little is asked for before it is likely that more is of use.
   *
   * @throws IOException if the body breaks
   */
  byte[] peek(int limit) throws IOException;
}
