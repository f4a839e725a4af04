package dev.workerclient.workerd;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Strings in Cap'n Proto's text format, which has C's escapes for bytes, not for code points. */
final class CapnpText {
  private static final HexFormat HEX = HexFormat.of();

  private CapnpText() {}

  /**
   * Writes a text as a literal of printable ASCII.
   *
   * @throws IllegalArgumentException if it has half a surrogate pair
   */
  static String quote(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          "a text for workerd holds half a surrogate pair, which UTF-8 can't write; give whole"
              + " characters");
    }
    StringBuilder literal = new StringBuilder("\"");
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b == '"' || b == '\\') {
        literal.append('\\').append((char) b);
      } else if (b >= ' ' && b < 0x7f) {
        literal.append((char) b);
      } else {
        literal.append("\\x").append(HEX.toHexDigits(b));
      }
    }
    return literal.append('"').toString();
  }
}
