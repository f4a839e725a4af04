package dev.workerclient.internal.route;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path and a query that are percent-encoded already, and are sent as they are.
 *
 * @param query without the question mark; null if there is none
 */
public record EncodedTarget(String path, @Nullable String query) {
  /** What OkHttp would encode in a path or a query that is encoded; it takes them as they are. */
  private static final String UNENCODED_IN_PATH = "\"<>^`{|}";

  private static final String UNENCODED_IN_QUERY = "\"<>#";

  private static final Pattern ORIGIN = Pattern.compile("(?i)https?://([^/?#]*)");

  /**
   * Splits a path and query, or a URL whose host is the service's name.
   *
   * @throws IllegalArgumentException if the host is another, if the path is unsafe, or if either of
   *     path and query holds what must be encoded
   */
  public static EncodedTarget parse(String service, String target) {
    Matcher origin = ORIGIN.matcher(target);
    if (!origin.lookingAt()) {
      return parse(target);
    }
    String host = hostOf(service);
    if (!hostOf(origin.group(1)).equals(host)) {
      throw new IllegalArgumentException(
          "the URL has another host than the service, and would not be sent there: path and query"
              + " go to service "
              + service
              + " on its routes; write http://"
              + host
              + " as the base URL");
    }
    String rest = target.substring(origin.end());
    return parse(rest.startsWith("/") ? rest : "/" + rest);
  }

  /** A service's name as the host of a URL; an underscore is not valid in a host. */
  private static String hostOf(String service) {
    return service.toLowerCase(Locale.ROOT).replace('_', '-').replace('$', '-');
  }

  private static EncodedTarget parse(String pathAndQuery) {
    int mark = pathAndQuery.indexOf('?');
    String path = mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark);
    requireEncoded("path", path, UNENCODED_IN_PATH);
    PathTemplate.requireValid(path);
    if (mark < 0) {
      return new EncodedTarget(path, null);
    }
    String query = pathAndQuery.substring(mark + 1);
    requireEncoded("query", query, UNENCODED_IN_QUERY);
    requireCharacters(query);
    return new EncodedTarget(path, query);
  }

  private static void requireEncoded(String what, String text, String unencoded) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (unencoded.indexOf(c) >= 0) {
        throw new IllegalArgumentException(
            String.format("the %s holds a %c that is not encoded; write %%%02X", what, c, (int) c));
      }
    }
  }

  private static void requireCharacters(String query) {
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      if (c <= ' ' || c > '~') {
        throw new IllegalArgumentException(
            "the query holds a space, a control character or one beyond ASCII; write it"
                + " percent-encoded");
      }
      if (c == '%' && !PathTemplate.isEncoded(query, i)) {
        throw new IllegalArgumentException(
            "the query holds a % without two hex digits; write %25 for the character itself");
      }
    }
  }
}
