package dev.workerclient.internal.classify;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The HTML form: Cloudflare's own error page, known by its wrapper and by the code in a span of its
 * own. A page that merely writes about an error has neither.
 */
final class HtmlFormat {
  private static final String SPAN = "<span class=\"cf-error-code\">";

  private HtmlFormat() {}

  static @Nullable CloudflareError read(byte[] html) {
    String page = new String(html, StandardCharsets.ISO_8859_1);
    if (!page.contains("id=\"cf-wrapper\"") && !page.contains("id=\"cf-error-details\"")) {
      return null;
    }
    int span = page.indexOf(SPAN);
    if (span < 0) {
      return null;
    }
    int start = span + SPAN.length();
    int end = page.indexOf('<', start);
    int code = end < 0 ? -1 : CloudflareFormats.code(page, start, end);
    return code < 0 ? null : CloudflareError.ofCode(code);
  }
}
