package dev.workerclient.mockserver;

import dev.workerclient.RouteKind;
import dev.workerclient.ServiceBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mocked service with its two routes. Thread-safe.
 *
 * <p>Clients of {@link MockWorkers#client} get the routes that were requested here before: {@link
 * #customDomain} only, both, or, if none was requested, the binding.
 *
 * <p>A scripted service must be called at least once, and so must each endpoint of {@link
 * MockRoute#on}, on any route; see {@link #optional}.
 */
public final class MockService {
  private final String name;
  private final MockRoute binding;
  private final MockRoute customDomain;
  private final Map<ObjectAddress, MockRoute> objects = new LinkedHashMap<>();
  private boolean declared;
  private boolean hasBinding;
  private boolean hasCustomDomain;
  private boolean optional;
  private final OpenSessions sessions = new OpenSessions();
  private final RpcCalls rpcCalls = new RpcCalls();
  private @Nullable Script rpc;
  private Consumer<ServiceBuilder> settings = client -> {};

  MockService(String name) {
    this.name = name;
    this.binding = new MockRoute(RouteKind.BINDING_PROXY, address("binding()"));
    this.customDomain = new MockRoute(RouteKind.CUSTOM_DOMAIN, address("customDomain()"));
  }

  private String address(String method) {
    return "service(\"" + name + "\")." + method;
  }

  /** Returns the service's name. */
  public String name() {
    return name;
  }

  /** Returns the route through the binding proxy. */
  public synchronized MockRoute binding() {
    hasBinding = true;
    return binding;
  }

  /** Returns the route to the custom domain. */
  public synchronized MockRoute customDomain() {
    hasCustomDomain = true;
    return customDomain;
  }

  /**
   * Returns the Durable Object of that name, which is reached only through the binding proxy.
   *
   * @throws IllegalArgumentException if the name is empty
   */
  public MockRoute durableObject(String objectName) {
    Objects.requireNonNull(objectName, "objectName");
    return object(ObjectAddress.ofName(objectName));
  }

  /**
   * Returns the Durable Object with that id, for calls that use the id.
   *
   * @throws IllegalArgumentException unless it is 64 hex digits
   */
  public MockRoute durableObjectId(String id) {
    Objects.requireNonNull(id, "id");
    return object(ObjectAddress.ofId(id));
  }

  /** Returns the Durable Objects that are created anew for each request. */
  public MockRoute uniqueDurableObject() {
    return object(ObjectAddress.UNIQUE);
  }

  /**
   * Configures this service in clients from {@link MockWorkers#client} and {@link
   * MockWorkers#builder}, until the next reset: timeouts, retries, a health path. To configure the
   * custom domain, pass its URL too: {@code own.customDomain(url, domain -> …)}.
   */
  public synchronized MockService clientSettings(Consumer<ServiceBuilder> own) {
    settings = Objects.requireNonNull(own, "own");
    return this;
  }

  /**
   * Answers RPC batches and sessions with the methods of that object, on every route that is not
   * scripted otherwise, or whose script has no further step, and in requested Durable Objects. The
   * object implements the interfaces with which the application calls the Worker. Its exceptions
   * become the call's; a WorkerRpcException is passed on unchanged. Needs {@code worker-client-rpc}
   * on the class path.
   *
   * <p>The methods are called on the server's threads: for batches concurrently; for a session, the
   * calls on one object one after another, in order, unless they return a CompletableFuture.
   */
  public synchronized MockService rpc(Object target) {
    Objects.requireNonNull(target, "target");
    rpc = new RpcScript(target, sessions, rpcCalls);
    return this;
  }

  /**
   * Returns the calls of methods of the object given to {@link #rpc}, and of the objects that it
   * returned, since the start or the last reset: in batches and sessions, on every route, in the
   * order in which the methods began. A call that found no method is not among them. A copy.
   */
  public List<RpcCall> rpcCalls() {
    return rpcCalls.all();
  }

  /**
   * Breaks the connections of the RPC sessions that are open now, on every route. Calls in flight
   * end with delivery UNKNOWN.
   */
  public void breakSessions() {
    sessions.cut();
  }

  /** Returns how often the target ran, on both routes and in all Durable Objects. */
  public int executions() {
    return routes().stream().mapToInt(MockRoute::executions).sum();
  }

  /**
   * Allows that this service is scripted but never called, until the next reset. For set-up code
   * that several tests share.
   */
  public synchronized MockService optional() {
    optional = true;
    return this;
  }

  private synchronized MockRoute object(ObjectAddress address) {
    hasBinding = true;
    return objects.computeIfAbsent(
        address, key -> new MockRoute(RouteKind.BINDING_PROXY, address(key.method())));
  }

  synchronized void declare() {
    declared = true;
  }

  /** Whether a test asked for it since the last reset, or scripts it by what it got before. */
  synchronized boolean isDeclared() {
    return declared || scripted().findAny().isPresent();
  }

  synchronized boolean hasBinding() {
    return hasBinding || !hasCustomDomain() || isScripted(RouteKind.BINDING_PROXY);
  }

  synchronized boolean hasCustomDomain() {
    return hasCustomDomain || isScripted(RouteKind.CUSTOM_DOMAIN);
  }

  private boolean isScripted(RouteKind kind) {
    return scripted().anyMatch(route -> route.kind() == kind);
  }

  synchronized Consumer<ServiceBuilder> settings() {
    return settings;
  }

  synchronized @Nullable Script rpc() {
    return rpc;
  }

  /** What a call of the binding would meet; null if nothing is scripted. */
  @Nullable Script upcomingOnBinding() {
    return binding.upcoming();
  }

  /** Whether its Durable Objects are scripted, and the binding itself is not. */
  synchronized boolean isDurableObject() {
    return binding.withParts().noneMatch(MockRoute::isScripted)
        && objects.values().stream().flatMap(MockRoute::withParts).anyMatch(MockRoute::isScripted);
  }

  synchronized boolean isOptional() {
    return optional;
  }

  /** The route that a request came by; null for a Durable Object that no test asked for. */
  synchronized @Nullable MockRoute route(RecordedRequest request) {
    ObjectAddress object = request.object();
    if (object != null) {
      return objects.get(object);
    }
    return request.kind() == RouteKind.BINDING_PROXY ? binding : customDomain;
  }

  /** Both routes, and the Durable Objects. */
  synchronized List<MockRoute> routes() {
    List<MockRoute> routes = new ArrayList<>(List.of(binding, customDomain));
    routes.addAll(objects.values());
    return routes;
  }

  Stream<MockRoute> scripted() {
    return routes().stream().flatMap(MockRoute::withParts).filter(MockRoute::isScripted);
  }

  synchronized void reset() {
    declared = false;
    hasBinding = false;
    hasCustomDomain = false;
    optional = false;
    rpc = null;
    settings = client -> {};
    sessions.cut();
    rpcCalls.clear();
    routes().forEach(MockRoute::reset);
  }

  @Override
  public String toString() {
    return "MockService{" + name + "}";
  }
}
