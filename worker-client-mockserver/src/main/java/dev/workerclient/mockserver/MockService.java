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
 * One service of the mock and its two routes. Thread-safe.
 *
 * <p>{@link MockWorkers#client} gives a service those routes that were asked for here before:
 * {@link #customDomain} alone, both, or, if none was, the binding.
 *
 * <p>A service that was scripted must be called at least once, and so must each endpoint of {@link
 * MockRoute#on}, over whichever route; see {@link #optional}.
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

  /** The service's name. */
  public String name() {
    return name;
  }

  /** The route through the binding proxy. */
  public synchronized MockRoute binding() {
    hasBinding = true;
    return binding;
  }

  /** The route by the custom domain. */
  public synchronized MockRoute customDomain() {
    hasCustomDomain = true;
    return customDomain;
  }

  /**
   * The Durable Object of that name, which the binding proxy alone reaches.
   *
   * @throws IllegalArgumentException if the name is empty
   */
  public MockRoute durableObject(String objectName) {
    Objects.requireNonNull(objectName, "objectName");
    return object(ObjectAddress.ofName(objectName));
  }

  /**
   * The Durable Object of that id, for calls that address it so.
   *
   * @throws IllegalArgumentException unless it is 64 hex digits
   */
  public MockRoute durableObjectId(String id) {
    Objects.requireNonNull(id, "id");
    return object(ObjectAddress.ofId(id));
  }

  /** The Durable Objects that are made anew for a request each. */
  public MockRoute uniqueDurableObject() {
    return object(ObjectAddress.UNIQUE);
  }

  /**
   * Sets what clients from {@link MockWorkers#client} and {@link MockWorkers#builder} set of this
   * service besides its routes, until the next reset: time limits, retries, a health path. A custom
   * domain's own settings go with its address: {@code own.customDomain(url, domain -> …)}.
   */
  public synchronized MockService clientSettings(Consumer<ServiceBuilder> own) {
    settings = Objects.requireNonNull(own, "own");
    return this;
  }

  /**
   * Answers RPC calls by the methods of that object, over every route that is not scripted
   * otherwise, and in Durable Objects that were asked for. Its methods are those of the interfaces
   * that it implements, the ones that the application calls the Worker by; what they throw, the
   * call throws, a WorkerRpcException as it is. Needs {@code worker-client-rpc} on the class path.
   * The methods are called on the server's threads, for several calls at once.
   */
  public synchronized MockService rpc(Object target) {
    Objects.requireNonNull(target, "target");
    rpc = RpcScript.of(target);
    return this;
  }

  /** How often the target ran, over both routes and in all Durable Objects. */
  public int executions() {
    return routes().stream().mapToInt(MockRoute::executions).sum();
  }

  /**
   * Lets a test pass that scripts this service and never calls it, until the next reset. For what a
   * set-up common to several tests scripts.
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
    routes().forEach(MockRoute::reset);
  }

  @Override
  public String toString() {
    return "MockService{" + name + "}";
  }
}
