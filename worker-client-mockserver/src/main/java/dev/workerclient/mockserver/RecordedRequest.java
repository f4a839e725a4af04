package dev.workerclient.mockserver;

import dev.workerclient.RouteKind;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** A request that the mock received, including the client's control headers. Immutable. */
public final class RecordedRequest {
  private final String service;
  private final RouteKind kind;
  private final String method;
  private final String path;
  private final Headers headers;
  private final byte[] body;
  private final boolean executed;

  RecordedRequest(
      String service, RouteKind kind, String method, String path, Headers headers, byte[] body) {
    this(service, kind, method, path, headers, body, false);
  }

  private RecordedRequest(
      String service,
      RouteKind kind,
      String method,
      String path,
      Headers headers,
      byte[] body,
      boolean executed) {
    this.service = service;
    this.kind = kind;
    this.method = method;
    this.path = path;
    this.headers = headers;
    this.body = body;
    this.executed = executed;
  }

  /** Returns the service's name; empty if a request to the proxy did not name one. */
  public String service() {
    return service;
  }

  /** Returns the route: {@code binding-proxy} or {@code custom-domain}. */
  public String route() {
    return kind.routeName();
  }

  /**
   * Returns the Durable Object that was called: {@code name:} and its name, {@code id:} and 64 hex
   * digits, or {@code unique}; null if none was.
   */
  public @Nullable String durableObject() {
    ObjectAddress object = object();
    return object == null ? null : object.text();
  }

  /** Returns the method in upper case. */
  public String method() {
    return method;
  }

  /** Returns path and query as they were received, without the custom domain's base path. */
  public String path() {
    return path;
  }

  /** Returns the headers. Names ignore case, and each has its values in order. Unmodifiable. */
  public Map<String, List<String>> headers() {
    return Collections.unmodifiableMap(headers.toMultimap());
  }

  /** Returns the last value of a header, or null if it was not sent. The name ignores case. */
  public @Nullable String header(String name) {
    Objects.requireNonNull(name, "name");
    return headers.get(name);
  }

  /** Returns whether the target ran for this request; see {@link Fault} for what counts. */
  public boolean executed() {
    return executed;
  }

  /** Returns a copy of the body; empty if there was none. */
  public byte[] bytes() {
    return body.clone();
  }

  /** Returns the body as a UTF-8 string. */
  public String string() {
    return new String(body, StandardCharsets.UTF_8);
  }

  RecordedRequest afterExecution() {
    return new RecordedRequest(service, kind, method, path, headers, body, true);
  }

  RouteKind kind() {
    return kind;
  }

  @Nullable ObjectAddress object() {
    String header = kind == RouteKind.BINDING_PROXY ? headers.get(ProxyProtocol.OBJECT) : null;
    return header == null ? null : ObjectAddress.parse(header);
  }

  /** What the proxy answers to tell which Durable Object it was; null if it was not one. */
  @Nullable String objectId() {
    ObjectAddress object = object();
    return object == null ? null : object.idIn(service);
  }

  /** Method, path, service and route: no header, since those hold credentials. */
  @Override
  public String toString() {
    ObjectAddress object = object();
    return method
        + " "
        + path
        + " on "
        + kind.routeName()
        + " of "
        + service
        + (object == null ? "" : ", Durable Object " + object);
  }
}
