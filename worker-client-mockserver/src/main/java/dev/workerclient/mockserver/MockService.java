package dev.workerclient.mockserver;

import java.util.stream.Stream;

/**
 * One service of the mock and its two routes. Thread-safe.
 *
 * <p>{@link MockWorkers#client} gives a service those routes that were asked for here before:
 * {@link #customDomain} alone, both, or, where none was, the binding.
 */
public final class MockService {
  private final String name;
  private final MockRoute binding;
  private final MockRoute customDomain;
  private volatile boolean hasBinding;
  private volatile boolean hasCustomDomain;

  MockService(String name) {
    this.name = name;
    this.binding = new MockRoute(name, RouteKind.BINDING_PROXY);
    this.customDomain = new MockRoute(name, RouteKind.CUSTOM_DOMAIN);
  }

  /** The service's name. */
  public String name() {
    return name;
  }

  /** The route through the binding proxy. */
  public MockRoute binding() {
    hasBinding = true;
    return binding;
  }

  /** The route by the custom domain. */
  public MockRoute customDomain() {
    hasCustomDomain = true;
    return customDomain;
  }

  /** How often the target ran, over both routes. */
  public int executions() {
    return binding.executions() + customDomain.executions();
  }

  boolean hasBinding() {
    return hasBinding || !hasCustomDomain;
  }

  boolean hasCustomDomain() {
    return hasCustomDomain;
  }

  MockRoute route(RouteKind kind) {
    return kind == RouteKind.BINDING_PROXY ? binding : customDomain;
  }

  Stream<String> descriptions() {
    return Stream.of(binding.description(), customDomain.description())
        .filter(text -> !text.isEmpty());
  }

  void reset() {
    hasBinding = false;
    hasCustomDomain = false;
    binding.reset();
    customDomain.reset();
  }

  @Override
  public String toString() {
    return "MockService{" + name + "}";
  }
}
