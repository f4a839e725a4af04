package dev.workerclient.internal.classify;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The markdown form: YAML front matter with the fields of the structured form, one a line. */
final class MarkdownFormat {
  private static final String FENCE = "---";

  private MarkdownFormat() {}

  static @Nullable CloudflareError read(byte[] markdown) {
    Map<String, String> fields = frontMatter(new String(markdown, StandardCharsets.UTF_8));
    if (fields == null || !"true".equals(fields.get("cloudflare_error"))) {
      return null;
    }
    String digits = fields.getOrDefault("error_code", "");
    int code = CloudflareFormats.code(digits, 0, digits.length());
    if (code < 0) {
      return null;
    }
    String retryAfter = fields.get("retry_after");
    Duration wait = retryAfter == null ? null : RetryAfter.seconds(retryAfter);
    return new CloudflareError(
        code,
        clean(fields.get("error_name")),
        clean(fields.get("error_category")),
        clean(fields.get("ray_id")),
        wait);
  }

  /** Returns the fields between the fences; null where there are none, or a name stands twice. */
  private static @Nullable Map<String, String> frontMatter(String text) {
    Map<String, String> fields = new HashMap<>();
    int line = 0;
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        return null; // The closing fence must be there.
      }
      String content = text.substring(start, end).stripTrailing();
      if (line == 0 && !content.equals(FENCE)) {
        return null;
      }
      if (line > 0 && content.equals(FENCE)) {
        return fields;
      }
      int colon = content.indexOf(':');
      if (line > 0 && colon > 0) {
        String value = unquote(content.substring(colon + 1).trim());
        if (fields.put(content.substring(0, colon), value) != null) {
          return null;
        }
      }
      start = end + 1;
      line++;
    }
    return null;
  }

  private static String unquote(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static @Nullable String clean(@Nullable String value) {
    return value == null ? null : RemoteText.clean(value);
  }
}
