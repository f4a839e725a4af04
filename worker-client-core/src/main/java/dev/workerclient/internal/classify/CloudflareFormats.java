package dev.workerclient.internal.classify;

import java.io.IOException;
import java.util.Locale;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Finds Cloudflare's error, or the runtime's, in a response, whichever form it came in. */
final class CloudflareFormats {
  private CloudflareFormats() {}

  /**
   * Returns what the response is, or null if it is neither Cloudflare's nor the runtime's. The body
   * has more to say of a code than the headers; the headers have more to say than a message.
   */
  static @Nullable Finding read(int status, Headers headers, BodyPrefix body) throws IOException {
    Finding written = readBody(status, headers, body);
    if (written instanceof CloudflareError) {
      return written;
    }
    CloudflareError marked = DiagnosticHeaders.read(headers);
    return marked == null ? written : marked;
  }

  private static @Nullable Finding readBody(int status, Headers headers, BodyPrefix body)
      throws IOException {
    String type = mediaType(headers);
    if (type.equals("text/html")) {
      return HtmlFormat.read(status, body);
    }
    if (isLongerThanRead(headers)) {
      return null;
    }
    return switch (type) {
      case "text/plain" -> TextFormat.read(body);
      case "application/json", "application/problem+json" -> StructuredFormat.read(status, body);
      case "text/markdown" -> MarkdownFormat.read(body);
      default -> null;
    };
  }

  /** Cloudflare's bodies other than pages are a few kilobytes, so a larger one is not awaited. */
  private static boolean isLongerThanRead(Headers headers) {
    String length = headers.get("Content-Length");
    return length != null && length.length() > 5;
  }

  /** The lower-case media type without parameters; empty if none was sent. */
  static String mediaType(Headers headers) {
    String value = headers.get("Content-Type");
    if (value == null) {
      return "";
    }
    int end = value.indexOf(';');
    return (end < 0 ? value : value.substring(0, end)).trim().toLowerCase(Locale.ROOT);
  }

  /**
   * The number in {@code text} from {@code start} to {@code end}, or -1 if it has not as many
   * digits, or others.
   */
  static int code(String text, int start, int end, int fewestDigits) {
    if (end - start < fewestDigits || end - start > 5 || text.charAt(start) == '0') {
      return -1;
    }
    int code = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      code = code * 10 + (c - '0');
    }
    return code;
  }
}
