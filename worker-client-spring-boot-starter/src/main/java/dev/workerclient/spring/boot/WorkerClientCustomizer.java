package dev.workerclient.spring.boot;

import dev.workerclient.WorkerClient;

/**
 * Changes the builder of the auto-configured {@link WorkerClient}, after the properties were
 * applied. Beans of this type are called in their order ({@code @Order}).
 *
 * <pre>{@code
 * @Bean
 * WorkerClientCustomizer proxyToken(Vault vault) {
 *   return builder -> builder.bindingProxy(url, proxy -> proxy.bearerToken(vault::proxyToken));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface WorkerClientCustomizer {
  /** Changes the builder; the starter calls {@code build()} itself. */
  void customize(WorkerClient.Builder builder);
}
