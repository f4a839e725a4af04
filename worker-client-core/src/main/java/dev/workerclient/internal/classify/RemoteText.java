package dev.workerclient.internal.classify;

/** Makes text that a remote sent fit for messages, logs and tables: one short visible line. */
public final class RemoteText {
  private static final int LONGEST = 300;

  private RemoteText() {}

  /** Returns the text cut to 300 characters, with controls, separators and bidi marks escaped. */
  public static String clean(String text) {
    return clean(text, LONGEST);
  }

  /** Returns the text cut to that many characters, with the same escaped. */
  public static String clean(String text, int longest) {
    if (text.length() <= longest && isSafe(text)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(Math.min(text.length(), longest) + 1);
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      String visible =
          isUnsafe(character) ? String.format("\\u%04x", character) : Character.toString(character);
      if (clean.length() + visible.length() > longest) {
        return clean.append('…').toString();
      }
      clean.append(visible);
      i += Character.charCount(character);
    }
    return clean.toString();
  }

  private static boolean isSafe(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return text.codePoints().noneMatch(RemoteText::isUnsafe);
      }
    }
    return true;
  }

  private static boolean isUnsafe(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE -> // Half of a pair; a whole one has its own type.
          true;
      default -> false;
    };
  }
}
