package dev.workerclient.spring.boot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.DispatcherServlet;

/** Auto-configures the answer to a WorkerException that no controller handles. */
@AutoConfiguration(after = WorkerClientAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnBooleanProperty(
    name = {"worker-client.enabled", "worker-client.problem-details.enabled"},
    matchIfMissing = true)
public final class WorkerProblemAutoConfiguration {
  /** Configures; Spring Boot calls it. */
  public WorkerProblemAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  WorkerExceptionHandler workerExceptionHandler() {
    return new WorkerExceptionHandler();
  }
}
