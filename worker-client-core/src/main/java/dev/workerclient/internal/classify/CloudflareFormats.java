package dev.workerclient.internal.classify;

import java.io.IOException;
import java.util.Locale;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Finds Cloudflare's error, or the runtime's, in a body, whichever form it came in. */
final class CloudflareFormats {
  private CloudflareFormats() {}

  /** Returns what the body is, or null where it is none of Cloudflare's or the runtime's. */
  static @Nullable Finding read(int status, Headers headers, BodyPrefix body) throws IOException {
    if (isLongerThanRead(headers)) {
      return null;
    }
    return switch (mediaType(headers)) {
      case "text/plain" -> TextFormat.read(body);
      case "application/json", "application/problem+json" -> StructuredFormat.read(status, body);
      case "text/markdown" -> MarkdownFormat.read(body);
      case "text/html" -> HtmlFormat.read(status, body.peek(BodyPrefix.LIMIT));
      default -> null;
    };
  }

  /** Cloudflare's own bodies are some kilobytes, so a larger one need not be waited for. */
  private static boolean isLongerThanRead(Headers headers) {
    String length = headers.get("Content-Length");
    return length != null && length.length() > 5;
  }

  /** The lower-case media type without parameters; empty where none was sent. */
  static String mediaType(Headers headers) {
    String value = headers.get("Content-Type");
    if (value == null) {
      return "";
    }
    int end = value.indexOf(';');
    return (end < 0 ? value : value.substring(0, end)).trim().toLowerCase(Locale.ROOT);
  }

  /**
   * The number in {@code text} from {@code start} to {@code end}, or -1 where it has not as many
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
