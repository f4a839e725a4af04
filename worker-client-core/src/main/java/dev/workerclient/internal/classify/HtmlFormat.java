package dev.workerclient.internal.classify;

import dev.workerclient.internal.classify.table.CodeTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * The HTML form: Cloudflare's own error page, whose content is the wrapper or whose title ends with
 * the host and Cloudflare's name, and the unstyled page of its servers. A page that writes about an
 * error, or shows one within a page of its own, is an answer.
 */
final class HtmlFormat {
  private static final String CLOUDFLARE = " | Cloudflare";

  /** One of these is in the head or the content of each page from Cloudflare. */
  private static final List<String> MARKS = List.of("cf-", "cf_styles", "loudflare");

  private HtmlFormat() {}

  /** Reads on past the first 64 KiB only if they look like Cloudflare's and have no code yet. */
  static @Nullable Finding read(int status, BodyPrefix body) throws IOException {
    byte[] start = body.peek(BodyPrefix.LIMIT);
    String text = text(start);
    if (MARKS.stream().noneMatch(text::contains)) {
      return null; // Most that comes here is the target's own.
    }
    HtmlPage page = HtmlPage.scan(text);
    Finding finding = find(status, page);
    boolean more = finding == null && start.length == BodyPrefix.LIMIT && mayBeCloudflares(page);
    return more ? find(status, HtmlPage.scan(text(body.peek(BodyPrefix.PAGE_LIMIT)))) : finding;
  }

  private static String text(byte[] html) {
    return new String(html, StandardCharsets.UTF_8);
  }

  /** The style sheet of a page may fill its start, so that its content has not begun. */
  private static boolean mayBeCloudflares(HtmlPage page) {
    return !page.hasContent() || page.isWrapped() || isTitledByHost(page.title());
  }

  private static @Nullable Finding find(int status, HtmlPage page) {
    boolean titledByHost = isTitledByHost(page.title());
    if (page.isWrapped() || titledByHost) {
      int code = code(page, titledByHost);
      if (code > 0) {
        return CloudflareError.ofCode(code);
      }
    }
    if (page.isWrapped() && page.title().equals("Attention Required!" + CLOUDFLARE)) {
      return new Finding.Wall(CodeTable.blockPage());
    }
    boolean unstyled =
        page.title().startsWith(status + " ")
            && page.heading().startsWith(status + " ")
            && CodeTable.ofStatus(status) != null
            && (page.footer().equals("cloudflare") || page.footer().equals("cloudflare-nginx"));
    return unstyled ? CloudflareError.ofCode(status) : null;
  }

  /**
   * The code in its own span, else in the heading, else anywhere in the text if the title alone is
   * proof enough; -1 if there is none.
   */
  private static int code(HtmlPage page, boolean anywhere) {
    String span = page.codeSpan();
    int code = known(CloudflareFormats.code(span, 0, span.length(), 3));
    if (code < 0) {
      code = afterError(page.heading());
    }
    if (code < 0 && anywhere) {
      code = afterError(page.text());
    }
    return code < 0 && anywhere ? afterError(page.title()) : code;
  }

  /**
   * A plain status is a code only if Cloudflare sends it itself: a 404 is not one of its errors.
   */
  private static int known(int code) {
    return code >= 1000 || CodeTable.ofStatus(code) != null ? code : -1;
  }

  /** The number after "Error" or "Error code", or -1. */
  private static int afterError(String text) {
    boolean due = false;
    for (StringTokenizer words = new StringTokenizer(text, " :"); words.hasMoreTokens(); ) {
      String word = words.nextToken();
      int code = due ? known(CloudflareFormats.code(word, 0, word.length(), 3)) : -1;
      if (code > 0) {
        return code;
      }
      due = word.equalsIgnoreCase("error") || (due && word.equalsIgnoreCase("code"));
    }
    return -1;
  }

  /** {@code … | host.example | Cloudflare}: a host of its own, so no page about Cloudflare. */
  private static boolean isTitledByHost(String title) {
    if (!title.endsWith(CLOUDFLARE)) {
      return false;
    }
    int end = title.length() - CLOUDFLARE.length();
    int bar = title.lastIndexOf(" | ", end - 3);
    return bar > 0 && isHost(title.substring(bar + 3, end));
  }

  private static boolean isHost(String text) {
    return text.indexOf('.') > 0
        && text.chars()
            .allMatch(
                c -> c == '.' || c == '-' || c == ':' || (c < 128 && Character.isLetterOrDigit(c)));
  }
}
