package dev.workerclient.internal.classify;

/** Makes text that a remote sent fit for messages, logs and tables: one short visible line. */
public final class RemoteText {
  private static final int LONGEST = 300;

  private RemoteText() {}

  /** Returns the text cut to 300 characters, with controls, separators and bidi marks escaped. */
  public static String clean(String text) {
    int length = Math.min(text.length(), LONGEST);
    StringBuilder clean = new StringBuilder(length + 1);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (isUnsafe(c)) {
        clean.append(String.format("\\u%04x", (int) c));
      } else {
        clean.append(c);
      }
    }
    return text.length() > LONGEST ? clean.append('…').toString() : clean.toString();
  }

  private static boolean isUnsafe(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
