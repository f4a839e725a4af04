package dev.workerclient;

import dev.workerclient.error.WorkerException;
import dev.workerclient.health.BreakerState;
import dev.workerclient.health.RouteDiagnosis;
import dev.workerclient.internal.classify.ProxyProtocol;
import dev.workerclient.internal.engine.ServiceEngine;
import dev.workerclient.internal.http.CallSpec.Upgrade;
import dev.workerclient.internal.route.EncodedTarget;
import dev.workerclient.internal.route.PathTemplate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One target Worker, or one Durable Object of it. Thread-safe.
 *
 * <p>A path template begins with {@code /}; each {@code {slot}} takes one value, which is encoded
 * as one segment. A path that a parser on the way could fold into another ({@code ..}, {@code
 * %2e%2e}, a backslash) is refused, and so is {@code ?}: use {@link WorkerRequest#query}.
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

  /** The service's name. */
  public String name() {
    return context.engine.name();
  }

  /**
   * Returns what the circuit breaker of each route does with calls now, by the route's name in the
   * order in which routes are tried. To ask changes nothing.
   */
  public Map<String, BreakerState> breakerStates() {
    return context.engine.breakerStates();
  }

  /**
   * Returns how many tokens the service's retry budget has left, from 0 to its {@link
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
   * Starts a POST. It is not repeatable unless declared so.
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
   * Starts a PATCH. It is not repeatable unless declared so.
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
   * Starts a request with a method that is chosen at run time.
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
   * Starts a request to a path, with or without a query, that is percent-encoded already and is
   * sent as it is: for adapters of other clients. An apostrophe in the query goes out as {@code
   * %27}, which means the same.
   *
   * <p>Messages, logs and listeners name it by method and path, with all that stands in the path,
   * and metrics by the method alone; {@link WorkerRequest#copyOperation} gives it a better name.
   *
   * @param method GET, HEAD, OPTIONS, POST, PUT, PATCH or DELETE, in any case
   * @param pathAndQuery such as {@code /v1/a%20b?x=1}; or a URL, for clients that need one, whose
   *     host is the service's name in any case with a hyphen for each {@code _} or {@code $}:
   *     {@code http://orders/v1/a%20b?x=1}. Scheme and host are not sent
   * @throws IllegalArgumentException if the method, the host or the path is refused, or if either
   *     of path and query holds what must be encoded
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
   * Starts the POST of a Cap'n Web batch, which {@code worker-client-rpc} writes and reads: the
   * binding proxy serves it for the target, and the target itself at its {@link
   * CustomDomainBuilder#rpcPath rpcPath}. Routes that serve none are left out. It is not repeatable
   * unless declared so.
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

  /** Opens the WebSocket of an RPC session, and returns the time that a call of it has. */
  private Duration open(Upgrade upgrade) {
    requireRpc();
    new WorkerRequest(context, "GET", "RPC session", true, "/", null, object).upgrade(upgrade);
    return context.engine.limits().callTime();
  }

  /**
   * Narrows the service to the Durable Object of that name; it is reached through the binding proxy
   * alone.
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
          "a Durable Object's name has 1 to 512 bytes of UTF-8, this one " + length);
    }
    String address = ProxyProtocol.OBJECT_NAME + PathTemplate.encode(name);
    if (address.length() > LONGEST_CONTROL_HEADER) {
      throw new IllegalArgumentException(
          "a Durable Object's name has at most 1019 characters once it is percent-encoded, this one "
              + (address.length() - ProxyProtocol.OBJECT_NAME.length())
              + "; write a shorter one, or durableObjectId(id)");
    }
    return narrowedTo(address);
  }

  /**
   * Narrows the service to the Durable Object of that id.
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
   * Narrows the service to a Durable Object that each request makes anew, so that no request to it
   * is repeatable.
   *
   * @throws IllegalStateException if the service has no binding proxy among its routes
   */
  public WorkerService uniqueDurableObject() {
    return narrowedTo(ProxyProtocol.UNIQUE_OBJECT);
  }

  /**
   * Runs code of the application's own once and gives its failure the library's form. A
   * WorkerException passes through; an IOException becomes WorkerConnectionException or
   * WorkerTimeoutException, anything else WorkerCallException, each with the cause kept and
   * delivery UNKNOWN.
   *
   * @param operation what runs, for messages
   * @throws WorkerException for whatever the code throws, but an {@link Error}
   */
  public <T> T guard(String operation, Callable<T> code) {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(code, "code");
    return Guard.run(context.engine.name(), operation, code);
  }

  /**
   * Goes through the decision tree on each route: is it configured, does its host resolve, connect
   * and shake hands, do Access and the binding proxy let us in, is the binding there and of the
   * right kind, does the target answer, is it no error 1042, did its handler return a Response, is
   * the mark there that was promised, and is the health path well. Each step is really walked, on
   * connections of its own, past circuit breakers and without retries.
   *
   * <p>The target gets one GET a route, two at most: of the {@link ServiceBuilder#healthPath
   * healthPath}, or of {@code /} without one. It runs on this thread: three requests, each for
   * {@code healthTimeout} at most, and one more where a token's supplier is asked again after a
   * 401. A supplier or a lookup that blocks holds it up, since these can't be cancelled.
   *
   * @return what was found; a step that fails is no exception
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
