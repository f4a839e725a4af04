package dev.workerclient.rpc;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JavaScript Request, as an argument or result in an {@linkplain RpcSession RPC session}. A
 * Request that the Worker could not create is refused when the call is made, with an
 * IllegalArgumentException.
 *
 * @param method to send: GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS
 * @param url an absolute http or https URL without credentials
 * @param headers the values of each name. Copied, in order; unmodifiable
 * @param body null for none; must be null for GET and HEAD. If you send it, the session reads and
 *     closes it, once. If you received it, read and close it yourself
 */
public record RpcRequest(
    String method, String url, Map<String, List<String>> headers, @Nullable InputStream body) {
  /**
   * Creates a Request.
   *
   * @throws NullPointerException if an argument other than the body is null, or the headers contain
   *     a null
   */
  public RpcRequest {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(url, "url");
    headers = FetchHeaders.copyOf(headers);
  }
}
