package dev.workerclient.spring.boot;

import dev.workerclient.WorkerClient;
import dev.workerclient.spring.WorkerClientHttpRequestFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;

/** Auto-configures the groups of {@code @ImportHttpServices} that call a service. */
@AutoConfiguration(after = WorkerClientAutoConfiguration.class)
@ConditionalOnClass({
  RestClient.class,
  RestClientHttpServiceGroupConfigurer.class,
  WorkerClientHttpRequestFactory.class
})
@ConditionalOnBean({WorkerClient.class, ConfiguredServices.class})
public final class WorkerHttpServiceAutoConfiguration {
  /** Configures; Spring Boot calls it. */
  public WorkerHttpServiceAutoConfiguration() {}

  @Bean
  WorkerHttpServiceGroups workerHttpServiceGroups(
      ConfiguredServices services, ObjectProvider<WorkerClient> client) {
    return new WorkerHttpServiceGroups(services, client);
  }
}
