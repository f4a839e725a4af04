package dev.workerclient.internal.classify;

import dev.workerclient.internal.classify.table.FailureKind;
import java.util.Iterator;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * One response of the corpus and what it is.
 *
 * @param name file and title
 * @param kind the failure it is, or null where it is an answer
 * @param code the Cloudflare code it has, or 0
 */
record CorpusCase(
    String name, int status, @Nullable FailureKind kind, int code, Headers headers, String body) {
  private static final String EXPECT = "Expect: ";
  private static final Pattern EXPECTATION = Pattern.compile("([A-Z0-9_]+)(?: (\\d+))?");

  /** Reads what stands after {@code "### "} to the next case or the end of the file. */
  static CorpusCase parse(String file, String text) {
    int end = text.indexOf("\n\n");
    String body = end < 0 ? "" : text.substring(end + 2);
    Iterator<String> lines = (end < 0 ? text : text.substring(0, end)).lines().iterator();
    String name = file + ": " + lines.next();
    int status = Integer.parseInt(lines.next().substring("HTTP ".length()));
    FailureKind kind = null;
    int code = 0;
    Headers.Builder headers = new Headers.Builder();
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith(EXPECT)) {
        var expectation = EXPECTATION.matcher(line.substring(EXPECT.length()));
        if (!expectation.matches()) {
          throw new IllegalArgumentException(name + ": " + line);
        }
        kind = FailureKind.valueOf(expectation.group(1));
        code = expectation.group(2) == null ? 0 : Integer.parseInt(expectation.group(2));
      } else {
        int colon = line.indexOf(':');
        headers.add(line.substring(0, colon), line.substring(colon + 1).trim());
      }
    }
    return new CorpusCase(name, status, kind, code, headers.build(), body);
  }

  CorpusCase expecting(FailureKind expectedKind, int expectedCode) {
    return new CorpusCase(name, status, expectedKind, expectedCode, headers, body);
  }

  @Override
  public String toString() {
    return name;
  }
}
