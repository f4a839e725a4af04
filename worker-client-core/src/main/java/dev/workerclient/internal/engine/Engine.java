package dev.workerclient.internal.engine;

import dev.workerclient.error.ServiceError;
import dev.workerclient.internal.call.AsyncCalls;
import dev.workerclient.internal.health.HealthCheck;
import dev.workerclient.internal.health.WarmUp;
import java.util.List;
import java.util.Map;

/** What runs a client. Thread-safe. */
public final class Engine implements AutoCloseable {
  private final Map<String, ServiceEngine> services;
  private final Resources resources;
  private final HealthCheck health;
  private final WarmUp warmUp;

  Engine(
      Map<String, ServiceEngine> services, Resources resources, HealthCheck health, WarmUp warmUp) {
    this.services = services;
    this.resources = resources;
    this.health = health;
    this.warmUp = warmUp;
  }

  /**
   * Makes an engine; does no I/O.
   *
   * @throws IllegalArgumentException if there is no service, one has no route, or an address is
   *     refused
   */
  public static Engine of(ClientSettings settings) {
    return Assembly.engine(settings);
  }

  /** By name, in the order of the settings. */
  public Map<String, ServiceEngine> services() {
    return services;
  }

  /** Asks after the health of all services, and waits for the answers. */
  public HealthCheck.Result askHealth() {
    try {
      return health.run();
    } finally {
      resources.callEnded();
    }
  }

  /** Connects to every route of all services; returns an error for each that can't be reached. */
  public List<ServiceError> warmUp() {
    try {
      return warmUp.run();
    } finally {
      resources.callEnded();
    }
  }

  /** Makes the breakers of all services as new, and forgets how long calls usually take. */
  public void resetBreakers() {
    services.values().forEach(ServiceEngine::resetRoutes);
  }

  /** Fills the retry budgets of all services. */
  public void resetRetryBudgets() {
    services.values().forEach(service -> service.budget().reset());
  }

  /** Runs calls on the client's executor. */
  public AsyncCalls async() {
    return resources.asyncCalls();
  }

  /**
   * Checks that the client may still be used.
   *
   * @throws IllegalStateException if it is closed
   */
  public void requireOpen() {
    resources.requireOpen();
  }

  @Override
  public void close() {
    resources.close();
  }
}
