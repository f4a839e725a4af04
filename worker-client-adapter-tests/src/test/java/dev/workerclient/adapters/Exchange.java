package dev.workerclient.adapters;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is sent and received, in no client's own types. */
final class Exchange {
  private Exchange() {}

  /**
   * A request.
   *
   * @param pathAndQuery encoded
   * @param body null for none
   */
  record Sent(
      String method,
      String pathAndQuery,
      Map<String, List<String>> headers,
      @Nullable String body,
      boolean oneShot) {
    static Sent get(String pathAndQuery) {
      return new Sent("GET", pathAndQuery, Map.of(), null, false);
    }

    static Sent post(String body) {
      return new Sent("POST", "/v1/orders", Map.of(), body, false);
    }

    Sent with(String name, String... values) {
      return new Sent(method, pathAndQuery, Map.of(name, List.of(values)), body, oneShot);
    }

    byte @Nullable [] bytes() {
      return body == null ? null : body.getBytes(StandardCharsets.UTF_8);
    }

    Sent once() {
      return new Sent(method, pathAndQuery, headers, body, true);
    }
  }

  /** A response; its headers' names are in lower case. */
  record Received(int status, Map<String, List<String>> headers, String body) {}
}
