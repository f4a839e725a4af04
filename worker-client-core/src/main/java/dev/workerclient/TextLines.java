package dev.workerclient;

/** Puts text for a terminal together, in lines of at most 100 characters. */
final class TextLines {
  static final int WIDTH = 100;

  private final StringBuilder text = new StringBuilder();

  /** Adds a line as it is. */
  void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }

  /** Adds words after a label, broken at spaces, each further line below the first word. */
  void words(String label, String words) {
    int width = WIDTH - label.length();
    String indent = " ".repeat(label.length());
    String left = words.strip();
    String before = label;
    do {
      int end = left.length() <= width ? left.length() : left.lastIndexOf(' ', width);
      int cut = end <= 0 ? width : end;
      cut -= cut > 1 && Character.isHighSurrogate(left.charAt(cut - 1)) ? 1 : 0;
      line(before + left.substring(0, cut));
      left = left.substring(cut).strip();
      before = indent;
    } while (!left.isEmpty());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
