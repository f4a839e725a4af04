package dev.workerclient.internal.route;

import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.Transport;
import java.util.Locale;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Where a route leads: scheme, host, port and, for a gateway, a base path. Immutable. */
public final class Origin {
  private static final int MOST_KEPT = 64;
  private static final int LONGEST_KEPT = 256;

  /** This library's, as in its POM. */
  static final String VERSION = "0.1.0-SNAPSHOT";

  /** Asks Cloudflare and Access for data instead of pages. */
  private static final Request STANDARD =
      new Request.Builder()
          .url("https://unset.invalid/")
          .header("Accept", "application/json, application/problem+json;q=0.9, */*;q=0.1")
          .header("X-Requested-With", "XMLHttpRequest")
          .header("User-Agent", "worker-client/" + VERSION)
          .build();

  private final HttpUrl url;

  /**
   * By the path's hash. Threads may lose each other's, which are then built anew: what is in it is
   * immutable.
   */
  private Known @Nullable [] kept;

  /** A URL that was built for a path. */
  private record Known(String path, HttpUrl url) {}

  private Origin(HttpUrl url) {
    this.url = url;
  }

  /**
   * Parses an origin.
   *
   * @param setter the method that was given it, for the message
   * @param plainHttpHosts hosts, in lower case, that plain http is allowed to beyond loopback
   * @throws IllegalArgumentException if it is not an origin; the message quotes at most its host
   */
  public static Origin parse(String setter, String text, Set<String> plainHttpHosts) {
    HttpUrl url = HttpUrl.parse(text.trim());
    if (url == null) {
      throw refused(setter, "is not an http or https URL", "https://api.example.com");
    }
    if (!url.encodedUsername().isEmpty() || !url.encodedPassword().isEmpty()) {
      throw refused(
          setter, "carries a user or password", "the origin alone, and set bearerToken(…)");
    }
    if (url.encodedQuery() != null || url.encodedFragment() != null) {
      throw refused(
          setter, "carries a query or fragment", "the origin alone, and query(…) on the request");
    }
    if (PathTemplate.hasDotSegment(text.trim())) {
      throw refused(
          setter, "has the segment . or .., which is folded away", "the base path that is meant");
    }
    boolean inTheClear = !url.isHttps() && !Transport.staysOnLoopback(url);
    if (inTheClear && !plainHttpHosts.contains(url.host().toLowerCase(Locale.ROOT))) {
      throw refused(
          setter,
          "is plain http to " + url.host() + ", which would send credentials in the clear",
          "https://" + url.host() + ", or allow it by allowPlainHttp(\"" + url.host() + "\")");
    }
    return new Origin(url);
  }

  /** The same for another service, whose paths are others. */
  public Origin copy() {
    return new Origin(url);
  }

  /** The same host and port without a base path. */
  Origin root() {
    return new Origin(url.newBuilder().encodedPath("/").build());
  }

  /** Whether the host is on workers.dev. */
  public boolean isWorkersDev() {
    return url.host().equals("workers.dev") || url.host().endsWith(".workers.dev");
  }

  /** The host's name. */
  public String host() {
    return url.host();
  }

  @Override
  public String toString() {
    String text = url.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /**
   * Starts a request with method, body and the headers that a route or the user may replace.
   *
   * @param url below this origin
   */
  Request.Builder start(CallSpec spec, HttpUrl url) {
    return STANDARD.newBuilder().url(url).method(spec.method(), spec.requestBody());
  }

  /**
   * The URL of a path and query, both encoded, below this origin. Those of recent paths without a
   * query are kept, since to build one costs more than the rest of a request.
   */
  HttpUrl url(String path, @Nullable String query) {
    if (query != null || path.length() > LONGEST_KEPT) {
      return build(path, query);
    }
    Known[] urls = kept;
    if (urls == null) {
      urls = new Known[MOST_KEPT];
      kept = urls;
    }
    int place = path.hashCode() & (MOST_KEPT - 1);
    Known known = urls[place];
    if (known == null || !known.path.equals(path)) {
      known = new Known(path, build(path, null));
      urls[place] = known;
    }
    return known.url;
  }

  private HttpUrl build(String encodedPath, @Nullable String encodedQuery) {
    String base = url.encodedPath();
    String path = base.equals("/") ? encodedPath : withoutSlash(base) + encodedPath;
    return url.newBuilder().encodedPath(path).encodedQuery(encodedQuery).build();
  }

  private static String withoutSlash(String base) {
    return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  private static IllegalArgumentException refused(String setter, String what, String instead) {
    return new IllegalArgumentException(
        "the address given to " + setter + " " + what + "; write " + instead);
  }
}
