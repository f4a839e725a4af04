package dev.workerclient.spring.boot;

import dev.workerclient.WorkerClient;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Auto-configures what the actuator shows of the client: health, {@code workers}, no secrets. */
@AutoConfiguration(after = WorkerClientAutoConfiguration.class)
@ConditionalOnBean(WorkerClient.class)
public final class WorkerActuatorAutoConfiguration {
  /** Configures; Spring Boot calls it. */
  public WorkerActuatorAutoConfiguration() {}

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
  @ConditionalOnEnabledHealthIndicator("worker-client")
  static class HealthConfiguration {
    @Bean
    @ConditionalOnMissingBean(
        name = {"workerClientHealthIndicator", "workerClientHealthContributor"})
    HealthContributor workerClientHealthContributor(WorkerClient client) {
      Map<String, HealthContributor> services = new LinkedHashMap<>();
      for (String name : client.serviceNames()) {
        services.put(name, new WorkerServiceHealthIndicator(client, name));
      }
      return CompositeHealthContributor.fromMap(services);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
  static class EndpointConfiguration {
    @Bean
    @ConditionalOnAvailableEndpoint
    @ConditionalOnMissingBean
    WorkersEndpoint workersEndpoint(WorkerClient client) {
      return new WorkersEndpoint(client);
    }

    @Bean
    SanitizingFunction workerClientSanitizingFunction(WorkerClientProperties properties) {
      return new SecretSanitizer(properties);
    }
  }
}
