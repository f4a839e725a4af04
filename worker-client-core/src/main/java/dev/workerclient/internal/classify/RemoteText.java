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
    if (text.length() <= longest && text.codePoints().noneMatch(RemoteText::isUnsafe)) {
      return text;
    }
    int length = Math.min(text.length(), longest);
    StringBuilder clean = new StringBuilder(length + 1);
    for (int i = 0; i < length; ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (isUnsafe(character)) {
        clean.append(String.format("\\u%04x", character));
      } else {
        clean.appendCodePoint(character);
      }
    }
    return text.length() > longest ? clean.append('…').toString() : clean.toString();
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
