package dev.workerclient.internal.classify;

/** Which characters can't break a line of a log or hide what stands in it. */
final class Visible {
  private Visible() {}

  static boolean is(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(c -> escaped.append(is(c) ? Character.toString(c) : String.format("\\u%04x", c)));
    return escaped.toString();
  }
}
