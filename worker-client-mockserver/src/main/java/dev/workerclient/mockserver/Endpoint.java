package dev.workerclient.mockserver;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A method and a path, of which each {@code {slot}} stands for one segment. Those with fewer slots
 * come first.
 */
record Endpoint(String method, String path) implements Comparable<Endpoint> {
  private static final Pattern SEGMENT = Pattern.compile("/");
  private static final Pattern PATH = Pattern.compile("(/(\\{[^{}/?\\s]+}|[!-~&&[^{}/?#]]*))+");
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");

  static Endpoint of(String method, String path) {
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "on(…) was given the path \""
              + path
              + "\"; write one that begins with /, encoded as it is sent, with a whole {slot}"
              + " between slashes, and no query, which requests() tells");
    }
    String upper = method.toUpperCase(Locale.ROOT);
    if (!METHODS.contains(upper)) {
      throw new IllegalArgumentException(
          "on(…) was given the method \"" + method + "\"; write one of " + METHODS);
    }
    return new Endpoint(upper, path);
  }

  boolean has(RecordedRequest request) {
    return method.equals(request.method()) && hasPath(request.path().split("\\?", 2)[0]);
  }

  private boolean hasPath(String sent) {
    String[] wanted = SEGMENT.split(path, -1);
    String[] segments = SEGMENT.split(sent, -1);
    if (wanted.length != segments.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (!isSlot(wanted[i]) && !wanted[i].equals(segments[i])) {
        return false;
      }
    }
    return true;
  }

  private long slots() {
    return SEGMENT.splitAsStream(path).filter(Endpoint::isSlot).count();
  }

  private static boolean isSlot(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  @Override
  public int compareTo(Endpoint other) {
    return Comparator.comparingLong(Endpoint::slots)
        .thenComparing(Endpoint::path)
        .thenComparing(Endpoint::method)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
