package dev.workerclient.rpc;

import java.io.InputStream;
import java.util.Objects;

/**
 * A JavaScript Blob, as an argument or result in an {@linkplain RpcSession RPC session}. To send
 * one, the Worker needs capnweb 0.8.0 or later; an older one ends the session.
 *
 * @param type the media type, such as {@code text/plain}; an empty string if there is none. A type
 *     with other characters than printable ASCII is refused when the call is made, with an
 *     IllegalArgumentException
 * @param content the bytes. If you send it, the session reads and closes it, once. If you received
 *     it, read and close it yourself
 */
public record RpcBlob(String type, InputStream content) {
  /**
   * Creates a Blob.
   *
   * @throws NullPointerException if an argument is null
   */
  public RpcBlob {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(content, "content");
  }
}
