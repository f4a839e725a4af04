package dev.workerclient.rpc;

import java.io.InputStream;
import java.util.Objects;

/**
 * A Blob, as an argument or a result in a {@linkplain RpcSession session}. Needs capnweb 0.8.0 or
 * later at the Worker; an older one ends the session.
 *
 * @param type its media type, such as {@code text/plain}; empty if it has none
 * @param content read once, and closed, if it is sent; to be read and closed, if it was received
 */
public record RpcBlob(String type, InputStream content) {
  /** Checks that both are there. */
  public RpcBlob {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(content, "content");
  }
}
