package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** An exchange of the official capnweb 0.12.0. */
record Capture(String requestBody, int status, String responseBody) {
  static Capture named(String name) {
    return named(name, 0);
  }

  static Capture named(String name, int exchange) {
    try (InputStream in = Capture.class.getResourceAsStream("/capnweb/batch-" + name + ".json")) {
      JsonNode json =
          new JsonMapper().readTree(Objects.requireNonNull(in)).get("exchanges").get(exchange);
      return new Capture(
          json.get("requestBody").textValue(),
          json.get("status").intValue(),
          json.get("responseBody").textValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
