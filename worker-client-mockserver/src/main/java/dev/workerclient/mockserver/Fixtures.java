package dev.workerclient.mockserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Objects;
import okhttp3.Headers;

/**
 * The responses that the classifier is tested with, which the pom.xml packs from core's test
 * resources. Each is a title after {@code ###}, {@code HTTP} with the status, headers, an empty
 * line and the body, without its last line break.
 */
final class Fixtures {
  private static final String TITLE = "\n### ";
  private static final String EXPECTATION = "Expect: ";

  private Fixtures() {}

  /** One of Cloudflare's codes in that format. */
  static Reply error(int code, ErrorFormat format) {
    ErrorCode known = ErrorCode.of(code, codes());
    return parse(
        find("forms/" + format.file + ".http", format.title)
            .replace("{code}", Integer.toString(code))
            .replace("{status}", Integer.toString(known.status()))
            .replace("{name}", known.name())
            .replace("{title}", known.name().replace('_', ' ')));
  }

  /** A line for each code: itself, its status, its kind and its name. */
  static String codes() {
    return text("codes.csv");
  }

  /** What comes without a code, or in one format alone. */
  static Reply other(String title) {
    return parse(find("others.http", title));
  }

  private static String find(String file, String title) {
    String all = text(file);
    String start = TITLE + title + "\n";
    int from = all.indexOf(start);
    if (from < 0) {
      throw new IllegalStateException("no \"" + title + "\" in " + file);
    }
    int to = all.indexOf(TITLE, from + start.length());
    return all.substring(from + start.length(), to < 0 ? all.length() - 1 : to);
  }

  private static Reply parse(String fixture) {
    int end = fixture.indexOf("\n\n");
    String head = end < 0 ? fixture : fixture.substring(0, end);
    Iterator<String> lines = head.lines().iterator();
    int status = Integer.parseInt(lines.next().substring("HTTP ".length()));
    Headers.Builder headers = new Headers.Builder();
    while (lines.hasNext()) {
      String line = lines.next();
      if (!line.startsWith(EXPECTATION)) {
        headers.add(line);
      }
    }
    return Reply.of(status, headers.build(), end < 0 ? "" : fixture.substring(end + 2));
  }

  private static String text(String file) {
    try (InputStream in = Fixtures.class.getResourceAsStream("fixtures/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
