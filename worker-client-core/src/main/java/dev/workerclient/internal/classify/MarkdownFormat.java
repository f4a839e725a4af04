package dev.workerclient.internal.classify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The markdown form: YAML front matter with the fields of the structured form, one a line. A quoted
 * code or mark is a string in YAML, so not Cloudflare's.
 */
final class MarkdownFormat {
  private static final String FENCE = "---";
  private static final String MARK = "cloudflare_error";

  private MarkdownFormat() {}

  static @Nullable CloudflareError read(BodyPrefix body) throws IOException {
    if (!text(body.peek(FENCE.length())).equals(FENCE)) {
      return null;
    }
    String text = text(body.peek(BodyPrefix.LIMIT));
    Map<String, String> fields = text.contains(MARK) ? frontMatter(text) : Map.of();
    if (!"true".equals(fields.get(MARK))) {
      return null;
    }
    String digits = fields.getOrDefault("error_code", "");
    int code = CloudflareFormats.code(digits, 0, digits.length(), 1);
    if (code < 0) {
      return null;
    }
    String retryAfter = fields.get("retry_after");
    Duration wait = retryAfter == null ? null : RetryAfter.seconds(retryAfter);
    return new CloudflareError(
        code,
        value(fields.get("error_name")),
        value(fields.get("error_category")),
        value(fields.get("ray_id")),
        wait);
  }

  /** Returns the fields between the fences; empty if there are none, or a name stands twice. */
  private static Map<String, String> frontMatter(String text) {
    Map<String, String> fields = new HashMap<>();
    int line = 0;
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      String content = text.substring(start, end < 0 ? text.length() : end).stripTrailing();
      if (line == 0 && !content.equals(FENCE)) {
        return Map.of();
      }
      if (line > 0 && content.equals(FENCE)) {
        return fields;
      }
      if (end < 0 || content.equals("...")) {
        return Map.of(); // The closing fence must be there, and no other end before it.
      }
      int colon = content.indexOf(':');
      // What is indented or a list belongs to the field above.
      boolean field = line > 0 && colon > 0 && " \t-".indexOf(content.charAt(0)) < 0;
      if (field) {
        String value = content.substring(colon + 1).trim();
        if (fields.put(content.substring(0, colon), value) != null) {
          return Map.of();
        }
      }
      start = end + 1;
      line++;
    }
    return Map.of();
  }

  /** A text field, which YAML allows to quote. */
  private static @Nullable String value(@Nullable String field) {
    if (field == null) {
      return null;
    }
    boolean quoted =
        field.length() >= 2
            && (field.charAt(0) == '"' || field.charAt(0) == '\'')
            && field.charAt(field.length() - 1) == field.charAt(0);
    return RemoteText.clean(quoted ? field.substring(1, field.length() - 1) : field);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
