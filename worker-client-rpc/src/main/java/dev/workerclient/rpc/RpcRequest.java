package dev.workerclient.rpc;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Request, as an argument or a result in a {@linkplain RpcSession session}.
 *
 * @param method GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS, if it is sent
 * @param url absolute, of http or https
 * @param headers the values of each name
 * @param body read once, and closed, if it is sent; to be read and closed, if it was received; null
 *     for none, as for GET and HEAD
 */
public record RpcRequest(
    String method, String url, Map<String, List<String>> headers, @Nullable InputStream body) {
  /** Checks that all but the body are there. */
  public RpcRequest {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(url, "url");
    headers = FetchHeaders.copyOf(headers);
  }
}
