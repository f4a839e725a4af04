package dev.workerclient.internal.classify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** The text form: the whole trimmed body is {@code error code: NNNN}. */
final class TextFormat {
  private static final String PREFIX = "error code: ";

  /** Longer bodies are answers; a log that quotes an error is one. */
  private static final int LONGEST = 32;

  private TextFormat() {}

  static @Nullable CloudflareError read(Headers headers, BodyPrefix body) throws IOException {
    String length = headers.get("Content-Length");
    if (length != null && length.length() > 2) {
      return null;
    }
    byte[] bytes = body.peek(LONGEST + 1);
    if (bytes.length > LONGEST) {
      return null;
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1).trim();
    int code =
        text.startsWith(PREFIX) ? CloudflareFormats.code(text, PREFIX.length(), text.length()) : -1;
    return code < 0 ? null : CloudflareError.ofCode(code);
  }
}
