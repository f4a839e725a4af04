package dev.workerclient.internal.route;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Fills a path template, each {@code {slot}} with one encoded segment, and refuses every path that
 * a URL parser on the way could fold into another (workerd folds {@code ..}, {@code %2e%2e} and
 * {@code \} before any code runs: measured).
 */
public final class PathTemplate {
  private static final String HEX = "0123456789ABCDEF";

  private PathTemplate() {}

  /**
   * Returns the encoded path.
   *
   * @throws IllegalArgumentException if the template or a value is unsafe, or their numbers differ
   */
  public static String expand(String template, Object... values) {
    requireSafe(template);
    boolean fixed = values.length == 0 && template.indexOf('{') < 0;
    String expanded = fixed ? template : fill(template, values);
    boolean mayHaveDots = expanded.indexOf('.') >= 0 || expanded.indexOf('%') >= 0;
    if (mayHaveDots && hasDotSegment(expanded)) {
      throw refused("has the segment . or .., which servers fold away", "the path that is meant");
    }
    return expanded;
  }

  private static String fill(String template, Object... values) {
    StringBuilder path = new StringBuilder(template.length() + 32);
    int used = 0;
    int from = 0;
    for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', from)) {
      int close = template.indexOf('}', open);
      if (close < 0) {
        throw refused("has a { without a }", "{name} for each value");
      }
      if (used == values.length) {
        throw refused(
            "has more slots than the " + values.length + " values given",
            "one value for each slot");
      }
      path.append(template, from, open);
      path.append(segment(template, open, close, values[used++]));
      from = close + 1;
    }
    if (used < values.length) {
      throw refused(
          "has " + used + " slots for " + values.length + " values", "one {slot} for each value");
    }
    return path.append(template, from, template.length()).toString();
  }

  /**
   * Checks a path without slots.
   *
   * @throws IllegalArgumentException if it is unsafe
   */
  public static void requireValid(String path) {
    String unused = expand(path);
  }

  private static void requireSafe(String template) {
    if (!template.startsWith("/")) {
      throw refused("does not begin with /", "the path alone, such as /v1/orders");
    }
    if (template.startsWith("//")) {
      throw refused("begins with //, which names a host", "a path with one / at its start");
    }
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c == '?') {
        throw refused("holds a ?", "query(name, value) on the request instead");
      }
      if (c == '#') {
        throw refused("holds a #", "%23 for the character itself; a fragment is never sent");
      }
      if (c == '\\') {
        throw refused("holds a backslash", "/ between segments, or %5C for the character itself");
      }
      if (c <= ' ' || c > '~') {
        throw refused(
            "holds a space, a control character or one beyond ASCII",
            "a {slot} for it; its value is encoded");
      }
      if (c == '%' && !isEncoded(template, i)) {
        throw refused("holds a % without two hex digits", "%25 for the character itself");
      }
    }
  }

  static boolean isEncoded(String text, int percent) {
    return percent + 2 < text.length()
        && Character.digit(text.charAt(percent + 1), 16) >= 0
        && Character.digit(text.charAt(percent + 2), 16) >= 0;
  }

  /** Whether a segment is {@code .} or {@code ..}, encoded or not. */
  static boolean hasDotSegment(String path) {
    int start = 0;
    for (int i = 0; i <= path.length(); i++) {
      if (i == path.length() || path.charAt(i) == '/' || path.charAt(i) == '\\') {
        if (isDots(path, start, i)) {
          return true;
        }
        start = i + 1;
      }
    }
    return false;
  }

  private static boolean isDots(String path, int start, int end) {
    int dots = 0;
    for (int i = start; i < end; dots++) {
      if (path.charAt(i) == '.') {
        i++;
      } else if (path.regionMatches(true, i, "%2e", 0, 3)) {
        i += 3;
      } else {
        return false;
      }
    }
    return dots == 1 || dots == 2;
  }

  private static String segment(String template, int open, int close, Object value) {
    String misfit = value == null ? null : Parameters.misfit(value);
    if (misfit != null) {
      throw refused(
          "got " + misfit + " for " + template.substring(open, close + 1),
          "one value that can stand as one segment");
    }
    String text = value == null ? "" : value.toString();
    if (text.isEmpty() || text.equals(".") || text.equals("..")) {
      throw refused(
          "got an empty value, . or .. for "
              + template.substring(open, close + 1)
              + ", which would change the path",
          "a value that can stand as one segment");
    }
    return encode(text);
  }

  /**
   * Percent-encodes all but the unreserved characters of RFC 3986, 2.3.
   *
   * @throws IllegalArgumentException if the text holds half of a surrogate pair
   */
  public static String encode(String text) {
    if (isUnreserved(text)) {
      return text;
    }
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte octet : utf8(text)) {
      char c = (char) (octet & 0xff);
      if (isUnreserved(c)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return encoded.toString();
  }

  private static byte[] utf8(String text) {
    CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    try {
      ByteBuffer bytes = encoder.encode(CharBuffer.wrap(text));
      byte[] array = new byte[bytes.remaining()];
      bytes.get(array);
      return array;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "a value holds half of a surrogate pair; pass whole characters", e);
    }
  }

  private static boolean isUnreserved(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isUnreserved(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  private static IllegalArgumentException refused(String what, String instead) {
    return new IllegalArgumentException("the path " + what + "; write " + instead);
  }
}
