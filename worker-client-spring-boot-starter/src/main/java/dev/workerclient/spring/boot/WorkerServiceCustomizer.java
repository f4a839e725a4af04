package dev.workerclient.spring.boot;

import dev.workerclient.ServiceBuilder;

/**
 * Changes the builder of one service that {@code worker-client.services} lists, after its
 * properties were applied. Beans of this type are called for each service, in their order
 * ({@code @Order}).
 */
@FunctionalInterface
public interface WorkerServiceCustomizer {
  /**
   * Changes the service's builder.
   *
   * @param name the service's name, such as {@code ORDERS}
   */
  void customize(String name, ServiceBuilder service);
}
