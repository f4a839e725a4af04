package dev.workerclient.benchmarks.server;

import dev.workerclient.benchmarks.Payloads;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Responses as they go over the wire. */
final class Answers {
  static final ByteBuf ERROR_1042 =
      shared(
          "404 Not Found", "Content-Type: text/plain; charset=UTF-8\r\n", text("error code: 1042"));

  static final ByteBuf ERROR_520 = shared("520 Unknown Error", "", new byte[0]);

  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String PROXY = "Binding-Proxy-Outcome: target-answered\r\n";
  private static final String GZIP = "Content-Type: application/json\r\nContent-Encoding: gzip\r\n";

  private static final Map<String, ByteBuf> BY_PATH =
      Map.of(
          "/v1/capabilities/small", shared("200 OK", JSON + PROXY, text(Payloads.json(100))),
          "/v1/capabilities/large", shared("200 OK", JSON + PROXY, text(Payloads.json(10 << 10))),
          "/health", shared("200 OK", JSON + PROXY, text("{}")));

  private Answers() {}

  /** The response of that path, to be released; null if there is none in memory. */
  static ByteBuf of(String path) {
    ByteBuf known = BY_PATH.get(path);
    if (known != null) {
      return known.retainedDuplicate();
    }
    return switch (path) {
      case "/bomb/200" -> message("200 OK", GZIP + PROXY, GzipBomb.BYTES);
      case "/bomb/500" -> message("500 Internal Server Error", GZIP, GzipBomb.BYTES);
      default -> message("404 Not Found", JSON + PROXY, text("{}"));
    };
  }

  /** The head of a body of so many bytes, which follow. */
  static ByteBuf head(long length) {
    return Unpooled.wrappedBuffer(
        text(head("200 OK", "Content-Type: application/octet-stream\r\n" + PROXY, length)));
  }

  private static ByteBuf shared(String status, String headers, byte[] body) {
    return Unpooled.unreleasableBuffer(
        Unpooled.directBuffer().writeBytes(message(status, headers, body)).asReadOnly());
  }

  private static ByteBuf message(String status, String headers, byte[] body) {
    return Unpooled.wrappedBuffer(text(head(status, headers, body.length)), body);
  }

  private static String head(String status, String headers, long length) {
    return "HTTP/1.1 "
        + status
        + "\r\n"
        + "Date: Sun, 01 Nov 2026 00:00:00 GMT\r\n"
        + headers
        + "Content-Length: "
        + length
        + "\r\nCF-Ray: 8f1c2d3e4f5a6b7c-FRA\r\nServer: cloudflare\r\n\r\n";
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
