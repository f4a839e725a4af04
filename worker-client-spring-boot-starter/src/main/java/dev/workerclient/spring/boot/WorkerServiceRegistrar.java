package dev.workerclient.spring.boot;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanNameGenerator;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers a {@link WorkerService} bean for each service under the service's name, so that
 * {@code @Qualifier("ORDERS")} injects it. An application bean of that name replaces it.
 */
final class WorkerServiceRegistrar implements ImportBeanDefinitionRegistrar {
  private final Environment environment;

  WorkerServiceRegistrar(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void registerBeanDefinitions(
      AnnotationMetadata importing, BeanDefinitionRegistry registry, BeanNameGenerator generator) {
    for (String name : ConfiguredServices.of(environment).byName().keySet()) {
      if (!registry.containsBeanDefinition(name)) {
        RootBeanDefinition service = FactoryMethod.of(getClass(), WorkerService.class, name);
        service.setLazyInit(true); // So that no bean that is not used makes a client.
        registry.registerBeanDefinition(name, service);
      }
    }
  }

  static WorkerService make(WorkerClient client, String name) {
    return client.service(name);
  }
}
