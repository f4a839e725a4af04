package dev.workerclient;

import dev.workerclient.internal.http.CallSpec.Header;
import dev.workerclient.internal.http.HeaderText;
import dev.workerclient.internal.route.RequestHeaders;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An attempt that is about to be sent, for {@link CallListener#attemptStarted(CallInfo,
 * AttemptInfo)}. Valid only during that event and on its thread.
 */
public final class AttemptInfo {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private final String route;
  private final HttpUrl url;
  private final int number;
  private final boolean hedge;
  private List<Header> headers = List.of();
  private boolean begun;

  AttemptInfo(String route, HttpUrl url, int number, boolean hedge) {
    this.route = route;
    this.url = url;
    this.number = number;
    this.hedge = hedge;
  }

  /** Returns the route: {@code binding-proxy} or {@code custom-domain}. */
  public String route() {
    return route;
  }

  /**
   * Returns the absolute URL that this attempt requests, percent-encoded, with its query. For the
   * binding proxy it begins with the proxy's origin. It contains none of the client's credentials.
   */
  public String url() {
    return url.toString();
  }

  /** Returns the URL for spans and logs: the value of each query parameter is {@code REDACTED}. */
  public String redactedUrl() {
    String full = url();
    int query = full.indexOf('?') + 1;
    if (query == 0) {
      return full;
    }
    StringBuilder redacted = new StringBuilder(full.substring(0, query));
    boolean inValue = false;
    for (int i = query; i < full.length(); i++) {
      char next = full.charAt(i);
      if (next == '=' && !inValue) {
        redacted.append("=REDACTED");
      }
      inValue = next == '=' || (inValue && next != '&');
      if (!inValue) {
        redacted.append(next);
      }
    }
    return redacted.toString();
  }

  /** Returns the URL's host, in lower case; an IPv6 address without brackets. */
  public String host() {
    return url.host();
  }

  /** Returns the URL's port, such as 443. */
  public int port() {
    return url.port();
  }

  /** Returns 1 for the call's first attempt, 2 for the next one, and so on. */
  public int number() {
    return number;
  }

  /**
   * Returns whether this attempt is sent while an earlier one, which takes longer than usual, is
   * still running on another thread.
   */
  public boolean isHedge() {
    return hedge;
  }

  /**
   * Sets a header for this attempt only, such as {@code traceparent}. It replaces any other header
   * of that name, including the request's, and reaches the target on either route.
   *
   * @throws IllegalArgumentException if name or value is not valid in a header, if the client sets
   *     that header itself, or if it is a credential, {@code Content-Type} or {@code
   *     Idempotency-Key}
   * @throws IllegalStateException if the event is over
   */
  public void header(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    RequestHeaders.requireAllowedOnEveryCall(name);
    HeaderText.requireValue(name, value);
    if (begun) {
      throw new IllegalStateException(
          "the attempt was sent; set its headers within attemptStarted(…)");
    }
    headers = RequestHeaders.merge(headers, List.of(new Header(name, value)));
  }

  /**
   * Sets a header like {@link #header}, but skips one that is not allowed and logs a single WARN.
   * For tracing, where the propagator chooses the headers.
   *
   * @throws IllegalStateException if the event is over
   */
  public void tryHeader(String name, String value) {
    try {
      header(name, value);
    } catch (IllegalArgumentException e) {
      if (WARNED.compareAndSet(false, true)) {
        LOGGER.warn(
            "tracing sets a header that is not allowed; it is skipped, and this is logged once", e);
      }
    }
  }

  /** Ends the event. */
  List<Header> begin() {
    begun = true;
    return headers;
  }

  @Override
  public String toString() {
    return "attempt " + number + " on " + route;
  }
}
