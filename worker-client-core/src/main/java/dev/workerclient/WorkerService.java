package dev.workerclient;

import dev.workerclient.error.WorkerException;
import dev.workerclient.health.BreakerState;
import dev.workerclient.health.RouteDiagnosis;
import dev.workerclient.internal.classify.ProxyProtocol;
import dev.workerclient.internal.engine.ServiceEngine;
import dev.workerclient.internal.engine.ServiceEngine.OpenedSession;
import dev.workerclient.internal.http.CallSpec.Upgrade;
import dev.workerclient.internal.route.EncodedTarget;
import dev.workerclient.internal.route.PathTemplate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Worker that the client can call, or one of its Durable Objects. Thread-safe.
 *
 * <p>A path template begins with {@code /}. Each {@code {slot}} takes one value, which is encoded
 * as one path segment. Paths that a parser could resolve to another path ({@code ..}, {@code
 * %2e%2e}, a backslash) throw an IllegalArgumentException, and so does {@code ?}: use {@link
 * WorkerRequest#query}.
 */
public final class WorkerService {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");
  private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-fA-F]{64}");
  private static final int LONGEST_OBJECT_NAME = 512;
  private static final int LONGEST_CONTROL_HEADER = 1024;

  static {
    ServiceEngine.openSessionsBy((service, upgrade) -> ((WorkerService) service).open(upgrade));
  }

  private final ServiceContext context;
  private final @Nullable String object;

  /** Narrowed to the Durable Object that the binding proxy reads so; null for the service. */
  WorkerService(ServiceContext context, @Nullable String object) {
    this.context = context;
    this.object = object;
  }

  /** Returns the service's name. */
  public String name() {
    return context.engine.name();
  }

  /**
   * Returns the state of each route's circuit breaker, by the route's name in the order in which
   * routes are tried.
   */
  public Map<String, BreakerState> breakerStates() {
    return context.engine.breakerStates();
  }

  /**
   * Returns how many tokens are left in the service's retry budget, from 0 to its {@link
   * RetryBudgetOptions#capacity() capacity}.
   */
  public int retryTokens() {
    return context.engine.budget().tokens();
  }

  /**
   * Starts a GET.
   *
   * @throws IllegalArgumentException if the path or a value is refused
   */
  public WorkerRequest get(String template, Object... slots) {
    return request("GET", template, slots);
  }

  /**
   * Starts a HEAD.
   *
   * @throws IllegalArgumentException if the path or a value is refused
   */
  public WorkerRequest head(String template, Object... slots) {
    return request("HEAD", template, slots);
  }

  /**
   * Starts an OPTIONS.
   *
   * @throws IllegalArgumentException if the path or a value is refused
   */
  public WorkerRequest options(String template, Object... slots) {
    return request("OPTIONS", template, slots);
  }

  /**
   * Starts a POST. It is not repeatable unless {@link WorkerRequest#idempotent} says so.
   *
   * @throws IllegalArgumentException if the path or a value is refused
   */
  public WorkerRequest post(String template, Object... slots) {
    return request("POST", template, slots);
  }

  /**
   * Starts a PUT.
   *
   * @throws IllegalArgumentException if the path or a value is refused
   */
  public WorkerRequest put(String template, Object... slots) {
    return request("PUT", template, slots);
  }

  /**
   * Starts a PATCH. It is not repeatable unless {@link WorkerRequest#idempotent} says so.
   *
   * @throws IllegalArgumentException if the path or a value is refused
   */
  public WorkerRequest patch(String template, Object... slots) {
    return request("PATCH", template, slots);
  }

  /**
   * Starts a DELETE.
   *
   * @throws IllegalArgumentException if the path or a value is refused
   */
  public WorkerRequest delete(String template, Object... slots) {
    return request("DELETE", template, slots);
  }

  /**
   * Starts a request with any of the methods.
   *
   * @param method GET, HEAD, OPTIONS, POST, PUT, PATCH or DELETE, in any case
   * @throws IllegalArgumentException if the method, the path or a value is refused
   */
  public WorkerRequest request(String method, String template, Object... slots) {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(template, "template");
    Arguments.requireNoNull(slots, "slots");
    String upper = requireMethod(method);
    String encodedPath = PathTemplate.expand(template, slots);
    return new WorkerRequest(context, upper, template, false, encodedPath, null, object);
  }

  /**
   * Starts a request to a path and optional query that are already percent-encoded, and sends them
   * unchanged. For adapters of other HTTP clients. An apostrophe in the query is sent as {@code
   * %27}, which means the same.
   *
   * <p>Its name in messages, logs and listeners is the method and the whole path, and in metrics
   * the method alone; {@link WorkerRequest#copyOperation} sets a better name.
   *
   * @param method GET, HEAD, OPTIONS, POST, PUT, PATCH or DELETE, in any case
   * @param pathAndQuery such as {@code /v1/a%20b?x=1}; or a URL, for clients that need one, whose
   *     host is the service's name in any case with a hyphen for each {@code _} or {@code $}:
   *     {@code http://orders/v1/a%20b?x=1}. Scheme and host are not sent
   * @throws IllegalArgumentException if the method, the host or the path is not valid, or if the
   *     path or query contains characters that must be encoded
   */
  public WorkerRequest requestEncoded(String method, String pathAndQuery) {
    Objects.requireNonNull(pathAndQuery, "pathAndQuery");
    String upper = requireMethod(method);
    EncodedTarget target = EncodedTarget.parse(name(), pathAndQuery);
    String path = target.path();
    return new WorkerRequest(context, upper, null, false, path, target.query(), object);
  }

  private static String requireMethod(String method) {
    String upper = Objects.requireNonNull(method, "method").toUpperCase(Locale.ROOT);
    if (!METHODS.contains(upper)) {
      throw new IllegalArgumentException(
          "the method "
              + Arguments.quote(method)
              + " can't be sent; write one of GET, HEAD, OPTIONS,"
              + " POST, PUT, PATCH and DELETE");
    }
    return upper;
  }

  /**
   * Starts the POST of a Cap'n Web batch, which {@code worker-client-rpc} writes and reads. The
   * binding proxy serves it for the target, or the target itself at its {@link
   * CustomDomainBuilder#rpcPath rpcPath}. Routes that do not serve RPC are skipped. The call is not
   * repeatable unless {@link WorkerRequest#idempotent} says so.
   *
   * @param operation what the batch calls, for messages and listeners, such as {@code getUser}
   * @throws IllegalStateException if no route of the service serves RPC
   */
  public WorkerRequest rpc(String operation) {
    requireRpc();
    return new WorkerRequest(
        context, "POST", Objects.requireNonNull(operation, "operation"), true, "/", null, object);
  }

  private void requireRpc() {
    if (!context.engine.servesRpc()) {
      throw new IllegalStateException(
          "no route of service "
              + context.engine.name()
              + " serves RPC; set bindingProxy(…) on the client, or rpcPath(…) on the custom"
              + " domain");
    }
  }

  /** Opens the WebSocket of an RPC session, and returns the timeout of its calls. */
  private OpenedSession open(Upgrade upgrade) {
    requireRpc();
    new WorkerRequest(context, "GET", "RPC session", true, "/", null, object).upgrade(upgrade);
    return new OpenedSession(
        context.engine.limits().callTime(),
        context.listeners.isEmpty()
            ? null
            : method -> ListenedCall.of(context.listeners, new CallInfo(name(), method)));
  }

  /**
   * Returns the Durable Object of that name. It is reached only through the binding proxy.
   *
   * @throws IllegalArgumentException if the name is empty or longer than 512 bytes of UTF-8, or
   *     than 1,019 characters once it is percent-encoded
   * @throws IllegalStateException if the service has no binding proxy among its routes
   */
  public WorkerService durableObject(String name) {
    Objects.requireNonNull(name, "name");
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    if (length == 0 || length > LONGEST_OBJECT_NAME) {
      throw new IllegalArgumentException(
          "a Durable Object's name has 1 to 512 bytes of UTF-8, this one has " + length);
    }
    String address = ProxyProtocol.OBJECT_NAME + PathTemplate.encode(name);
    if (address.length() > LONGEST_CONTROL_HEADER) {
      throw new IllegalArgumentException(
          "a Durable Object's name has at most 1019 characters when percent-encoded, this one has "
              + (address.length() - ProxyProtocol.OBJECT_NAME.length())
              + "; write a shorter one, or durableObjectId(id)");
    }
    return narrowedTo(address);
  }

  /**
   * Returns the Durable Object with that id. It is reached only through the binding proxy.
   *
   * @throws IllegalArgumentException unless it is 64 hexadecimal digits
   * @throws IllegalStateException if the service has no binding proxy among its routes
   */
  public WorkerService durableObjectId(String id) {
    Objects.requireNonNull(id, "id");
    if (!OBJECT_ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "a Durable Object's id is 64 hexadecimal digits; for a name write durableObject(name)");
    }
    return narrowedTo(ProxyProtocol.OBJECT_ID + id.toLowerCase(Locale.ROOT));
  }

  /**
   * Returns a service whose every request creates a new Durable Object, so that no request to it is
   * repeatable.
   *
   * @throws IllegalStateException if the service has no binding proxy among its routes
   */
  public WorkerService uniqueDurableObject() {
    return narrowedTo(ProxyProtocol.UNIQUE_OBJECT);
  }

  /**
   * Runs your code once and turns its exceptions into {@link WorkerException}s. A WorkerException
   * is rethrown as it is; an IOException becomes a WorkerConnectionException or
   * WorkerTimeoutException, and anything else a WorkerCallException, each with its cause and
   * delivery UNKNOWN.
   *
   * @param operation what runs, for messages
   * @throws WorkerException for any exception of the code; an {@link Error} is rethrown
   */
  public <T> T guard(String operation, Callable<T> code) {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(code, "code");
    return Guard.run(context.engine.name(), operation, code);
  }

  /**
   * Diagnoses each route step by step: is it configured; does its host resolve, connect and
   * complete the TLS handshake; do Access and the binding proxy let the client in; does the binding
   * exist and is it of the right kind; does the target answer, and not with error 1042; did its
   * handler return a Response; is the declared header there; is the health path healthy. Every step
   * is really performed, on new connections, past circuit breakers and without retries.
   *
   * <p>The target gets one GET per route, at most two: of the {@link ServiceBuilder#healthPath
   * healthPath}, or of {@code /} without one. This runs on the calling thread: three requests of at
   * most {@code healthTimeout} each, and one more if a token supplier is asked again after a 401. A
   * token supplier or DNS lookup that blocks delays it, since these can't be cancelled.
   *
   * @return the report; a step that fails is reported, not thrown
   * @throws IllegalStateException if the client is closed, or this is {@link #uniqueDurableObject},
   *     of which each request would make a new one
   */
  public DiagnosisReport diagnose() {
    context.engine.requireOpen();
    if (ProxyProtocol.UNIQUE_OBJECT.equals(object)) {
      throw new IllegalStateException(
          "each request to uniqueDurableObject() makes a new object; write"
              + " durableObject(name).diagnose(), or diagnose() of the service itself");
    }
    List<RouteDiagnosis> routes = context.engine.diagnose(object);
    return new DiagnosisReport(context.engine.name(), context.engine.now(), routes);
  }

  private WorkerService narrowedTo(String address) {
    if (!context.engine.hasProxy()) {
      throw new IllegalStateException(
          "service "
              + context.engine.name()
              + " has no binding proxy, which alone reaches a Durable Object; set"
              + " bindingProxy(…) on the client");
    }
    return new WorkerService(context, address);
  }

  @Override
  public String toString() {
    return "WorkerService{" + context.engine.name() + "}";
  }
}
