package dev.workerclient.rpc;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Response, as an argument or a result in a {@linkplain RpcSession session}.
 *
 * @param status from 200 to 599
 * @param statusText empty if there is none
 * @param headers the values of each name
 * @param body read once, and closed, if it is sent; to be read and closed, if it was received; null
 *     for none, as for 204 and 304
 */
public record RpcResponse(
    int status, String statusText, Map<String, List<String>> headers, @Nullable InputStream body) {
  /** Checks that all but the body are there. */
  public RpcResponse {
    Objects.requireNonNull(statusText, "statusText");
    headers = FetchHeaders.copyOf(headers);
  }
}
