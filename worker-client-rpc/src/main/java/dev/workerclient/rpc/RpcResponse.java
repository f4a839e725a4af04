package dev.workerclient.rpc;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JavaScript Response, as an argument or result in an {@linkplain RpcSession RPC session}. A
 * Response that the Worker could not create is refused when the call is made, with an
 * IllegalArgumentException.
 *
 * @param status to send: 200 to 599
 * @param statusText printable ASCII; an empty string if there is none
 * @param headers the values of each name. Copied, in order; unmodifiable
 * @param body null for none; must be null for 204, 205 and 304. If you send it, the session reads
 *     and closes it, once. If you received it, read and close it yourself
 */
public record RpcResponse(
    int status, String statusText, Map<String, List<String>> headers, @Nullable InputStream body) {
  /**
   * Creates a Response.
   *
   * @throws NullPointerException if an argument other than the body is null, or the headers contain
   *     a null
   */
  public RpcResponse {
    Objects.requireNonNull(statusText, "statusText");
    headers = FetchHeaders.copyOf(headers);
  }
}
