package dev.workerclient.examples.guide;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one file says to people: a page as it is; the comments and strings of a source file. Words
 * are separated by one space, paragraphs by a line break, and a bar stands for code between them.
 */
record Prose(String file, String text, List<Integer> lines) {
  private static final Path ROOT = Path.of("..");
  private static final Set<String> SKIPPED = Set.of("node_modules", "target", "dist", ".git");
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<comment>/\\*(?s:.*?)\\*/|//.*)"
              + "|\"\"\"(?s:.*?)\"\"\"|\"[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+\""
              + "|'[^'\\\\\\n]*+(?:\\\\.[^'\\\\\\n]*+)*+'|`[^`\\\\]*+(?:\\\\.[^`\\\\]*+)*+`");

  /** Reads every page of the repository and every main source file. */
  static List<Prose> all() throws IOException {
    List<Prose> all = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return SKIPPED.contains(String.valueOf(folder.getFileName()))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String path = ROOT.relativize(file).toString().replace('\\', '/');
            if (path.endsWith(".md")) {
              all.add(of(path, Files.readString(file)));
            } else if (path.matches(
                ".*/src/main/.*\\.(?:java|kt)|(?:binding-proxy|fleet-tools)/src/.*\\.ts")) {
              all.add(of(path, withoutCode(Files.readString(file))));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return all;
  }

  /** Collapses white space, but for an empty line. */
  static Prose of(String file, String words) {
    StringBuilder text = new StringBuilder();
    List<Integer> lines = new ArrayList<>();
    int line = 1;
    int breaks = 0;
    for (int at = 0; at < words.length(); at++) {
      char c = words.charAt(at);
      breaks = c == '\n' ? breaks + 1 : Character.isWhitespace(c) ? breaks : 0;
      boolean afterCode = endsInCode(text);
      char next = breaks == 2 && !afterCode ? '\n' : Character.isWhitespace(c) ? ' ' : c;
      if (next != ' ' || text.length() == 0 || text.charAt(text.length() - 1) != ' ') {
        text.append(next);
        lines.add(line);
      }
      line += c == '\n' ? 1 : 0;
    }
    return new Prose(file, text.toString(), lines);
  }

  /** Returns a hit as {@code file:line: the words around it}. */
  String around(int start, int end) {
    String words = text.substring(Math.max(0, start - 60), Math.min(text.length(), end + 50));
    String place = file + ":" + lines.get(start) + ": ";
    return place + words.replace('\n', ' ').strip();
  }

  /** Blanks the code: between two strings with a plus sign to nothing, elsewhere to a bar. */
  static String withoutCode(String source) {
    StringBuilder prose = new StringBuilder();
    Matcher token = TOKEN.matcher(source);
    int end = 0;
    while (token.find()) {
      String code = source.substring(end, token.start());
      String bar = code.isBlank() || code.strip().equals("+") ? "" : "|";
      prose.append(bar).append(blank(code));
      prose.append(
          token.group("comment") == null
              ? token.group().replaceAll("^[\"'`]+|[\"'`]+$|\\\\.", "")
              : token.group().replaceAll("(?m)^\\s*(?:/\\*\\*?|//|\\*(?!/))|\\*/$", ""));
      end = token.end();
    }
    return prose.append('|').toString();
  }

  private static boolean endsInCode(StringBuilder text) {
    int last = text.length() - 1;
    return (last >= 0 && text.charAt(last) == '|')
        || (last >= 1 && text.charAt(last) == ' ' && text.charAt(last - 1) == '|');
  }

  private static String blank(String code) {
    return code.replaceAll("[^\\n]", "");
  }
}
