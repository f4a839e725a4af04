package dev.workerclient.spring.boot;

import dev.workerclient.BodyCodec;
import dev.workerclient.CallListener;
import dev.workerclient.WorkerClient;
import java.util.List;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.task.TaskDecorator;

/**
 * Auto-configures a {@link WorkerClient} from {@code worker-client.*}, and a {@link
 * dev.workerclient.WorkerService} for each service.
 */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration",
      "org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration",
      "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
      "org.springframework.boot.jackson2.autoconfigure.Jackson2AutoConfiguration"
    })
@ConditionalOnBooleanProperty(name = "worker-client.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WorkerClientProperties.class)
@Import({
  WorkerServiceRegistrar.class,
  BodyCodecConfiguration.Jackson3.class,
  BodyCodecConfiguration.Jackson2.class
})
public final class WorkerClientAutoConfiguration {
  /** Configures; Spring Boot calls it. */
  public WorkerClientAutoConfiguration() {}

  @Bean
  ConfiguredServices workerClientServices(Environment environment) {
    return ConfiguredServices.of(environment);
  }

  @Bean
  @ConditionalOnProperty("worker-client.ssl.bundle")
  SslOkHttpClient workerClientSslOkHttpClient(
      WorkerClientProperties properties, ObjectProvider<SslBundles> bundles) {
    return new SslOkHttpClient(properties, bundles.getIfAvailable());
  }

  @Bean
  @ConditionalOnMissingBean
  WorkerClient workerClient(
      WorkerClientProperties properties,
      ConfiguredServices services,
      ObjectProvider<WorkerClientCustomizer> clientCustomizers,
      ObjectProvider<WorkerServiceCustomizer> serviceCustomizers,
      ObjectProvider<SslOkHttpClient> ssl,
      ObjectProvider<TaskDecorator> decorators,
      ObjectProvider<BodyCodec> codec,
      ObjectProvider<CallListener> listeners,
      Environment environment) {
    SslOkHttpClient ownTls = ssl.getIfAvailable();
    Executor executor = CallExecutor.of(environment, decorators.orderedStream().toList());
    List<CallListener> all = listeners.orderedStream().toList();
    return new WorkerClientFactory(properties, services, clientCustomizers, serviceCustomizers)
        .create(ownTls == null ? null : ownTls.client(), executor, codec.getIfUnique(), all);
  }

  @Bean
  @ConditionalOnMissingBean
  WorkerClientLifecycle workerClientLifecycle(
      WorkerClient client, WorkerClientProperties properties) {
    return new WorkerClientLifecycle(client, properties.warmUp());
  }
}
