package dev.workerclient.internal.classify;

import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * Walks the tags of an HTML text, each character once; comments and declarations are passed over.
 */
final class HtmlTags {
  private final String html;
  private int at;
  private int tagStart;
  private String name = "";
  private boolean end;
  private String id = "";
  private String classes = "";
  private String textBefore = "";

  HtmlTags(String html) {
    this.html = html;
    this.at = html.startsWith("\uFEFF") ? 1 : 0;
  }

  /** Moves to the next tag; false at the end of the text. */
  boolean next() {
    StringBuilder text = new StringBuilder();
    while (true) {
      int open = html.indexOf('<', at);
      if (open < 0) {
        textBefore = text.append(html, at, html.length()).toString();
        at = html.length();
        return false;
      }
      text.append(html, at, open);
      tagStart = open;
      if (html.startsWith("<!--", open)) {
        at = past("-->", open + 4);
      } else if (html.startsWith("<!", open) || html.startsWith("<?", open)) {
        at = past(">", open + 2);
      } else if (isTag(open)) {
        textBefore = text.toString();
        readTag();
        return true;
      } else {
        text.append('<');
        at = open + 1;
      }
    }
  }

  /** The text between the last tag and this one, or after the last one. */
  String textBefore() {
    return textBefore;
  }

  /** The tag's name in lower case. */
  String name() {
    return name;
  }

  /** Whether it is an end tag. */
  boolean isEnd() {
    return end;
  }

  /** Whether the id or one of the classes is among the names. */
  boolean hasIdOrClass(Set<String> names) {
    if (names.contains(id)) {
      return true;
    }
    for (StringTokenizer each = new StringTokenizer(classes); each.hasMoreTokens(); ) {
      if (names.contains(each.nextToken())) {
        return true;
      }
    }
    return false;
  }

  /** The text from here to the next tag, without moving. */
  String textAfter() {
    int open = html.indexOf('<', at);
    return html.substring(at, open < 0 ? html.length() : open);
  }

  /** Moves behind the end tag of this element, and returns what stood in it, tags included. */
  String skipElement() {
    int start = at;
    for (int close = html.indexOf("</", at); close >= 0; close = html.indexOf("</", close + 2)) {
      int end = close + 2 + name.length();
      boolean whole = end >= html.length() || isNameEnd(html.charAt(end));
      if (whole && html.regionMatches(true, close + 2, name, 0, name.length())) {
        at = past(">", end);
        return html.substring(start, close);
      }
    }
    at = html.length();
    return html.substring(start);
  }

  private boolean isTag(int open) {
    int first = open + 1 < html.length() && html.charAt(open + 1) == '/' ? open + 2 : open + 1;
    return first < html.length() && isLetter(html.charAt(first));
  }

  private void readTag() {
    end = html.charAt(tagStart + 1) == '/';
    int start = tagStart + (end ? 2 : 1);
    at = start;
    while (at < html.length() && !isNameEnd(html.charAt(at))) {
      at++;
    }
    name = html.substring(start, at).toLowerCase(Locale.ROOT);
    id = "";
    classes = "";
    while (at < html.length() && html.charAt(at) != '>') {
      readAttribute();
    }
    at = Math.min(at + 1, html.length());
  }

  private void readAttribute() {
    int start = at;
    while (at < html.length() && !isNameEnd(html.charAt(at)) && html.charAt(at) != '=') {
      at++;
    }
    String attribute = html.substring(start, at);
    skipBlanks();
    if (at < html.length() && html.charAt(at) == '=') {
      at++;
      skipBlanks();
      String value = readValue();
      if (attribute.equalsIgnoreCase("id")) {
        id = value;
      } else if (attribute.equalsIgnoreCase("class")) {
        classes = value;
      }
    } else if (at == start) {
      at++;
    }
  }

  private void skipBlanks() {
    while (at < html.length() && html.charAt(at) <= ' ') {
      at++;
    }
  }

  private String readValue() {
    char quote = at < html.length() ? html.charAt(at) : ' ';
    if (quote == '"' || quote == '\'') {
      int start = at + 1;
      int close = html.indexOf(quote, start);
      int stop = close < 0 ? html.length() : close;
      at = Math.min(stop + 1, html.length());
      return html.substring(start, stop);
    }
    int start = at;
    while (at < html.length() && html.charAt(at) > ' ' && html.charAt(at) != '>') {
      at++;
    }
    return html.substring(start, at);
  }

  private int past(String mark, int from) {
    int found = html.indexOf(mark, Math.min(from, html.length()));
    return found < 0 ? html.length() : found + mark.length();
  }

  private static boolean isNameEnd(char c) {
    return c <= ' ' || c == '>' || c == '/';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
