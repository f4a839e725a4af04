package dev.workerclient.spring.boot;

import dev.workerclient.WorkerClient;
import dev.workerclient.rpc.Rpc;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanNameGenerator;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/** Registers a bean for each interface of {@link ImportWorkerRpc}. */
final class WorkerRpcRegistrar implements ImportBeanDefinitionRegistrar {
  private final ClassLoader classes;

  WorkerRpcRegistrar(ClassLoader classes) {
    this.classes = classes;
  }

  @Override
  public void registerBeanDefinitions(
      AnnotationMetadata importing, BeanDefinitionRegistry registry, BeanNameGenerator generator) {
    if (!ClassUtils.isPresent("dev.workerclient.rpc.Rpc", classes)) {
      throw new IllegalStateException(
          "@ImportWorkerRpc on "
              + importing.getClassName()
              + " needs worker-client-rpc; add it to the application's dependencies");
    }
    for (AnnotationAttributes annotation :
        importing.getMergedRepeatableAnnotationAttributes(
            ImportWorkerRpc.class, ImportWorkerRpc.Container.class, false)) {
      register(annotation, registry);
    }
  }

  private void register(AnnotationAttributes annotation, BeanDefinitionRegistry registry) {
    String service = annotation.getString("service");
    for (Class<?> type : annotation.getClassArray("types")) {
      register(service, type, registry);
    }
  }

  private void register(String service, Class<?> type, BeanDefinitionRegistry registry) {
    String name = service + "#" + type.getName();
    if (!registry.containsBeanDefinition(name)) {
      registry.registerBeanDefinition(name, FactoryMethod.of(getClass(), type, service, type));
    }
  }

  static Object make(WorkerClient client, String service, Class<?> type) {
    return Rpc.of(client.service(service), type);
  }
}
