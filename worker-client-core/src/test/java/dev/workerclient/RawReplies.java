package dev.workerclient;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import okio.Buffer;
import okio.BufferedSink;
import okio.ByteString;
import okio.GzipSink;
import okio.Okio;

/** Responses byte by byte, for {@link RawServer}. */
final class RawReplies {
  static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
  static final String GZIP = "Content-Encoding: gzip\r\n";

  /** The mark of the binding proxy on a target's own answer. */
  static final String MARK = "Binding-Proxy-Outcome: target-answered\r\n";

  private RawReplies() {}

  /** Status line and headers; {@code more} are lines that end with CRLF. */
  static byte[] head(int status, String type, String more) {
    return bytes("HTTP/1.1 " + status + " S\r\nContent-Type: " + type + "\r\n" + more + "\r\n");
  }

  /** Each character as a byte. */
  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** A whole response of a known length, after which the connection stays open. */
  static RawServer.Reply whole(int status, String type, String more, byte[] body) {
    return out -> {
      out.write(head(status, type, more + "Content-Length: " + body.length + "\r\n"));
      out.write(body);
    };
  }

  static RawServer.Reply whole(int status, String type, String body) {
    return whole(status, type, "", bytes(body));
  }

  /** A whole chunked response, after which the connection stays open. */
  static RawServer.Reply chunked(int status, String type, byte[] body) {
    return out -> {
      out.write(head(status, type, CHUNKED));
      if (body.length > 0) {
        out.write(bytes(Integer.toHexString(body.length) + "\r\n"));
        out.write(body);
        out.write(bytes("\r\n"));
      }
      out.write(bytes("0\r\n\r\n"));
    };
  }

  /** Text of that length that begins as Cloudflare's errors of that type do, and is none. */
  static ByteString body(String type, int size) {
    StringBuilder text = new StringBuilder(size);
    text.append(
        switch (type) {
          case "application/json" -> "{\"cloudflare_error\":true,\"error_code\":1042,\"a\":\"";
          case "text/html" -> "<html><div id=\"cf-wrapper\"><p>";
          case "text/markdown" -> "---\ncloudflare_error: true\nerror_code: 1042\na: ";
          default -> "error code: 1042";
        });
    for (int i = 0; text.length() < size; i++) {
      text.append(i).append(' ');
    }
    text.setLength(size);
    return ByteString.encodeUtf8(text.toString());
  }

  /** The whole text as gzip. */
  static byte[] gzipped(String text) {
    Buffer zipped = new Buffer();
    try (BufferedSink sink = Okio.buffer(new GzipSink(zipped))) {
      sink.writeUtf8(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return zipped.readByteArray();
  }

  /** The first ten bytes of a gzip member, each as a character; flag 8 is a name, 16 a comment. */
  static String gzipHead(int flags) {
    return "\u001f\u008b\b" + (char) flags + "\0".repeat(6);
  }

  /** The start of a gzip stream of those bytes, which {@link #deflated} blocks may follow. */
  static byte[] gzipStart(ByteString bytes) {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    gzip.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0});
    gzip.writeBytes(deflated(bytes.toByteArray()));
    return gzip.toByteArray();
  }

  /** The bytes as deflate blocks that can stand anywhere and be repeated. */
  static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    deflater.setInput(bytes);
    byte[] all = new byte[bytes.length + 100];
    int length = deflater.deflate(all, 0, all.length, Deflater.FULL_FLUSH);
    deflater.end();
    return Arrays.copyOf(all, length);
  }

  /** Writes the text over and over, up to about that many bytes. */
  static void repeat(OutputStream out, String text, long atMost) throws IOException {
    byte[] many = bytes(text.repeat(1 + 65536 / text.length()));
    for (long written = 0; written < atMost; written += many.length) {
      out.write(many);
    }
  }
}
