package dev.workerclient.spring.boot;

import dev.workerclient.WorkerClient;
import dev.workerclient.micrometer.WorkerAttemptObservationConvention;
import dev.workerclient.micrometer.WorkerCallObservationConvention;
import dev.workerclient.micrometer.WorkerMetrics;
import dev.workerclient.micrometer.WorkerObservations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configures observations of calls and attempts, of which Spring Boot makes timers and spans,
 * and the counters and gauges that these do not make.
 */
@AutoConfiguration(
    before = WorkerClientAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
    })
@ConditionalOnBooleanProperty(name = "worker-client.enabled", matchIfMissing = true)
public final class WorkerMicrometerAutoConfiguration {
  /** Configures; Spring Boot calls it. */
  public WorkerMicrometerAutoConfiguration() {}

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({ObservationRegistry.class, WorkerObservations.class})
  @ConditionalOnBean(ObservationRegistry.class)
  static class Observations {
    @Bean
    @ConditionalOnMissingBean
    WorkerObservations workerObservations(
        ObservationRegistry registry,
        ObjectProvider<WorkerCallObservationConvention> callConvention,
        ObjectProvider<WorkerAttemptObservationConvention> attemptConvention) {
      WorkerObservations.Builder observations = WorkerObservations.builder(registry);
      callConvention.ifUnique(observations::callConvention);
      attemptConvention.ifUnique(observations::attemptConvention);
      return observations.build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({MeterRegistry.class, WorkerMetrics.class})
  @ConditionalOnBean(MeterRegistry.class)
  static class Metrics {
    @Bean
    @ConditionalOnMissingBean
    WorkerMetrics workerMetrics(
        MeterRegistry registry, ObjectProvider<WorkerObservations> observations) {
      boolean timedElsewhere = observations.getIfAvailable() != null;
      return WorkerMetrics.builder(registry).timers(!timedElsewhere).build();
    }

    @Bean
    SmartInitializingSingleton workerClientGauges(
        ObjectProvider<WorkerMetrics> metrics, ObjectProvider<WorkerClient> client) {
      return () -> metrics.ifAvailable(meters -> client.ifUnique(meters::bindTo));
    }
  }
}
