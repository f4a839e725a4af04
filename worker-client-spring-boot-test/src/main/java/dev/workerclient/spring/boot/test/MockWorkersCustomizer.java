package dev.workerclient.spring.boot.test;

import dev.workerclient.mockserver.MockWorkers;
import dev.workerclient.spring.boot.ConfiguredServices;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/** Starts a mock with the context, and sets the addresses that the client is configured with. */
final class MockWorkersCustomizer implements ContextCustomizer {
  private static final String CLIENT = "worker-client.";

  @Override
  public void customizeContext(
      ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
    MockWorkers workers = MockWorkers.start();
    RootBeanDefinition bean = new RootBeanDefinition(MockWorkers.class, () -> workers);
    bean.setDestroyMethodName("close");
    ((BeanDefinitionRegistry) context.getBeanFactory()).registerBeanDefinition("mockWorkers", bean);
    ConfigurableEnvironment environment = context.getEnvironment();
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("mockWorkers", properties(workers, environment)));
  }

  private static Map<String, Object> properties(
      MockWorkers workers, ConfigurableEnvironment environment) {
    Map<String, Object> properties = new LinkedHashMap<>();
    if (Binder.get(environment).bind(CLIENT + "binding-proxy.url", String.class).isBound()) {
      properties.put(CLIENT + "binding-proxy.url", workers.proxyUrl());
      properties.put(CLIENT + "binding-proxy.bearer-token", workers.proxyToken());
    }
    withoutBackoff(CLIENT, properties);
    ConfiguredServices services = ConfiguredServices.of(environment);
    services
        .byName()
        .forEach(
            (name, service) -> {
              String prefix = CLIENT + "services" + element(services.key(name)) + ".";
              if (service.customDomain() != null) {
                properties.put(prefix + "custom-domain.url", workers.customDomainUrl(name));
              }
              if (service.retry() != null) {
                withoutBackoff(prefix, properties);
              }
            });
    return properties;
  }

  private static void withoutBackoff(String prefix, Map<String, Object> properties) {
    properties.put(prefix + "retry.first-backoff", "1ms");
    properties.put(prefix + "retry.max-backoff", "1ms");
  }

  private static String element(String key) {
    return key.matches("[A-Za-z0-9_-]+") ? "." + key : "[" + key + "]";
  }

  /** All are the same, so that test classes share a context. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MockWorkersCustomizer;
  }

  @Override
  public int hashCode() {
    return MockWorkersCustomizer.class.hashCode();
  }
}
