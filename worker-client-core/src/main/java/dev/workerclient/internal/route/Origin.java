package dev.workerclient.internal.route;

import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.Transport;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Where a route leads: scheme, host, port and, for a gateway, a base path. Immutable. */
public final class Origin {
  private static final int MOST_KEPT = 64;

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
  private final Map<String, HttpUrl> kept = new ConcurrentHashMap<>();

  private Origin(HttpUrl url) {
    this.url = url;
  }

  /**
   * Parses an origin.
   *
   * @param setter the method that was given it, for the message
   * @param plainHttpHosts hosts, in lower case, that plain http is allowed to beyond loopback
   * @throws IllegalArgumentException if it is none; the message quotes at most its host
   */
  public static Origin parse(String setter, String text, Set<String> plainHttpHosts) {
    HttpUrl url = HttpUrl.parse(text.trim());
    if (url == null) {
      throw refused(setter, "is no http or https URL", "https://api.example.com");
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
   * @param path the call's own, or where the target serves Cap'n Web
   */
  Request.Builder start(CallSpec spec, String path) {
    return STANDARD
        .newBuilder()
        .url(spec.hasCommonUrl() ? resolveCommon(path) : resolve(path, spec.encodedQuery()))
        .method(spec.method(), spec.requestBody());
  }

  /** The URL of a path and query, both encoded, below this origin. */
  HttpUrl resolve(String encodedPath, @Nullable String encodedQuery) {
    String base = url.encodedPath();
    String path = base.equals("/") ? encodedPath : withoutSlash(base) + encodedPath;
    return url.newBuilder().encodedPath(path).encodedQuery(encodedQuery).build();
  }

  /**
   * The same for a path that many calls have in common: its URL is kept, since to build one costs
   * more than the rest of a request.
   */
  HttpUrl resolveCommon(String encodedPath) {
    HttpUrl known = kept.get(encodedPath);
    if (known != null) {
      return known;
    }
    if (kept.size() >= MOST_KEPT) {
      kept.clear(); // Paths that a program puts together itself look so, too.
    }
    HttpUrl built = resolve(encodedPath, null);
    kept.put(encodedPath, built);
    return built;
  }

  private static String withoutSlash(String base) {
    return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  private static IllegalArgumentException refused(String setter, String what, String instead) {
    return new IllegalArgumentException(
        "the address given to " + setter + " " + what + "; write " + instead);
  }
}
