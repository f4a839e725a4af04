package dev.workerclient.internal.classify;

import java.util.Set;
import java.util.StringTokenizer;

/**
 * What identifies a Cloudflare error page in HTML: its title, whether its content begins with the
 * wrapper, its first heading, the code in a span of its own. Read in one pass, in linear time, past
 * comments, scripts and whatever else is not content.
 */
final class HtmlPage {
  private static final Set<String> WRAPPERS =
      Set.of("cf-wrapper", "cf-error-details", "cf-error-details-wrapper");
  private static final Set<String> NO_CONTENT =
      Set.of(
          "html", "head", "meta", "title", "link", "base", "body", "style", "script", "noscript");
  private static final Set<String> SKIPPED =
      Set.of("script", "style", "noscript", "template", "textarea", "iframe", "xmp");

  private final HtmlTags tags;
  private String title = "";
  private final StringBuilder heading = new StringBuilder();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder codeSpan = new StringBuilder();
  private final StringBuilder footer = new StringBuilder();
  private boolean contentSeen;
  private boolean wrapped;

  private HtmlPage(String html) {
    this.tags = new HtmlTags(html);
  }

  static HtmlPage scan(String html) {
    HtmlPage page = new HtmlPage(html);
    page.read();
    return page;
  }

  /** The text of the first title, in one line; empty if there is none. */
  String title() {
    return title;
  }

  /** Whether there is more than a head: the content may be beyond what was read. */
  boolean hasContent() {
    return contentSeen;
  }

  /** Whether the page's content begins with Cloudflare's wrapper. */
  boolean isWrapped() {
    return wrapped;
  }

  /** The text of the first h1. */
  String heading() {
    return oneLine(heading);
  }

  /** All the text of the content. */
  String text() {
    return oneLine(text);
  }

  /** The text of the first element of the class {@code cf-error-code}. */
  String codeSpan() {
    return oneLine(codeSpan);
  }

  /** The text of a centred element that ends the page, or empty. */
  String footer() {
    return oneLine(footer);
  }

  private void read() {
    boolean inHeading = false;
    boolean headingRead = false;
    while (tags.next()) {
      String before = tags.textBefore();
      text.append(before).append(' ');
      if (inHeading) {
        heading.append(before).append(' ');
      }
      contentSeen |= !before.isBlank();
      String tag = tags.name();
      if (!tags.isEnd() || (!before.isBlank() && !tag.equals("center"))) {
        footer.setLength(0);
      }
      if (tags.isEnd()) {
        inHeading &= !tag.equals("h1");
        continue;
      }
      if (!contentSeen && !NO_CONTENT.contains(tag)) {
        contentSeen = true;
        wrapped = tags.hasIdOrClass(WRAPPERS);
      }
      if (tag.equals("title")) {
        String content = tags.skipElement();
        if (title.isEmpty() && !contentSeen) {
          title = oneLine(content);
        }
      } else if (SKIPPED.contains(tag)) {
        tags.skipElement();
      } else if (tag.equals("h1") && !headingRead) {
        inHeading = true;
        headingRead = true;
      } else if (tag.equals("center")) {
        footer.append(tags.textAfter());
      } else if (codeSpan.isEmpty() && tags.hasIdOrClass(Set.of("cf-error-code"))) {
        codeSpan.append(tags.textAfter());
      }
    }
    if (!tags.textBefore().isBlank()) {
      footer.setLength(0);
    }
  }

  private static String oneLine(CharSequence words) {
    StringBuilder line = new StringBuilder();
    for (StringTokenizer each = new StringTokenizer(words.toString()); each.hasMoreTokens(); ) {
      line.append(line.isEmpty() ? "" : " ").append(each.nextToken());
    }
    return line.toString();
  }
}
