package dev.workerclient.internal.classify.table;

/** Matches a text against a pattern in which "…" stands for any text; in linear time. */
final class TextPattern {
  private static final char ANY = '…';

  private TextPattern() {}

  /** Whether a text of the pattern can begin there, as far as the text goes. */
  static boolean mayBegin(String pattern, String text, int offset) {
    int wildcard = pattern.indexOf(ANY);
    int literal = wildcard < 0 ? pattern.length() : wildcard;
    return pattern.regionMatches(0, text, offset, Math.min(literal, text.length() - offset));
  }

  /** Whether the whole text is of the pattern. */
  static boolean matches(String pattern, String text) {
    int wildcard = pattern.indexOf(ANY);
    if (wildcard < 0) {
      return pattern.equals(text);
    }
    if (!text.regionMatches(0, pattern, 0, wildcard)) {
      return false;
    }
    int at = wildcard;
    int from = wildcard + 1;
    for (int next = pattern.indexOf(ANY, from); next >= 0; next = pattern.indexOf(ANY, from)) {
      String piece = pattern.substring(from, next);
      int found = text.indexOf(piece, at);
      if (found < 0) {
        return false;
      }
      at = found + piece.length();
      from = next + 1;
    }
    String last = pattern.substring(from);
    return text.length() - last.length() >= at && text.endsWith(last);
  }
}
