package dev.workerclient.internal.classify;

import dev.workerclient.internal.classify.table.CodeTable;
import java.util.Locale;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** The walls that are known by status and headers alone: Access, challenges, an empty host. */
final class AccessWall {
  private static final String ACCESS_HOST = ".cloudflareaccess.com";

  /** The code of the page "There is nothing here yet". */
  private static final int NO_WORKER_HERE = 1042;

  private AccessWall() {}

  /** Whether Access redirects to its login. */
  static boolean isRedirect(int status, Headers headers) {
    String location = status == 302 ? headers.get("Location") : null;
    return location != null && isAccessHost(location);
  }

  /** Read by hand, since HttpUrl takes seconds for a long host with letters beyond ASCII. */
  private static boolean isAccessHost(String location) {
    int start = location.indexOf("://") + 3;
    boolean web =
        location.regionMatches(true, 0, "https://", 0, 8)
            || location.regionMatches(true, 0, "http://", 0, 7);
    if (!web) {
      return false;
    }
    int end = start;
    while (end < location.length() && "/?#\\".indexOf(location.charAt(end)) < 0) {
      end++;
    }
    String authority = location.substring(start, end);
    int port = authority.indexOf(':');
    String host = (port < 0 ? authority : authority.substring(0, port)).toLowerCase(Locale.ROOT);
    return authority.indexOf('@') < 0
        && host.length() > ACCESS_HOST.length()
        && host.endsWith(ACCESS_HOST);
  }

  /** Returns what the response is, or null. */
  static @Nullable Finding find(int status, Headers headers) {
    if (isRedirect(status, headers) || isDenial(status, headers)) {
      return new Finding.Wall(CodeTable.access());
    }
    if (status >= 400 && "challenge".equalsIgnoreCase(headers.get("cf-mitigated"))) {
      return new Finding.Wall(CodeTable.challenge());
    }
    boolean nothingHere =
        status == 404 && "true".equalsIgnoreCase(headers.get("x-preview-user-error"));
    return nothingHere ? CloudflareError.ofCode(NO_WORKER_HERE) : null;
  }

  private static boolean isDenial(int status, Headers headers) {
    if (status != 401 && status != 403) {
      return false;
    }
    return headers.get("cf-access-aud") != null
        || headers.values("www-authenticate").stream()
            .anyMatch(value -> value.toLowerCase(Locale.ROOT).startsWith("cloudflare-access"));
  }
}
