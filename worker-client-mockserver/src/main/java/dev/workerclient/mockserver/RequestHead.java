package dev.workerclient.mockserver;

import java.util.List;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request.
 *
 * @param target path and query as they were sent
 */
record RequestHead(String method, String target, Headers headers) {

  /** Parses the lines up to the empty one; null if they are not a request. */
  static @Nullable RequestHead parse(String text) {
    List<String> lines = text.lines().toList();
    String[] requestLine = lines.isEmpty() ? new String[0] : lines.get(0).split(" ", 3);
    if (requestLine.length < 3) {
      return null;
    }
    try {
      return new RequestHead(requestLine[0], requestLine[1], headers(lines));
    } catch (IllegalArgumentException e) { // MockWebServer says what is wrong with it.
      return null;
    }
  }

  private static Headers headers(List<String> lines) {
    Headers.Builder headers = new Headers.Builder();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.addUnsafeNonAscii(line.substring(0, colon), line.substring(colon + 1).trim());
      }
    }
    return headers.build();
  }
}
