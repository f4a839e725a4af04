package dev.workerclient.internal.classify;

import java.io.IOException;
import java.util.Locale;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Finds Cloudflare's error in a body, whichever of the four formats it came in. */
final class CloudflareFormats {
  private CloudflareFormats() {}

  /** Returns the error, or null where the body is none of Cloudflare's. */
  static @Nullable CloudflareError read(Headers headers, BodyPrefix body) throws IOException {
    return switch (mediaType(headers)) {
      case "text/plain" -> TextFormat.read(headers, body);
      case "application/json", "application/problem+json" ->
          StructuredFormat.read(body.peek(BodyPrefix.LIMIT));
      case "text/markdown" -> MarkdownFormat.read(body.peek(BodyPrefix.LIMIT));
      case "text/html" -> HtmlFormat.read(body.peek(BodyPrefix.LIMIT));
      default -> null;
    };
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

  /** The number in {@code text} from {@code start} to {@code end}, or -1 unless 3 to 5 digits. */
  static int code(String text, int start, int end) {
    if (end - start < 3 || end - start > 5) {
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
