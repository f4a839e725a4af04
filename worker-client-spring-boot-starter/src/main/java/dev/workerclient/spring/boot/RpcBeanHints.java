package dev.workerclient.spring.boot;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;

/** Registers what a native image needs of the interfaces of {@link ImportWorkerRpc}. */
final class RpcBeanHints implements BeanRegistrationAotProcessor {
  @Override
  public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
    if (!FactoryMethod.isOf(WorkerRpcRegistrar.class, bean.getMergedBeanDefinition())) {
      return null;
    }
    Class<?> type = bean.getBeanClass();
    return (generation, code) -> WorkerRpcHints.register(generation.getRuntimeHints(), type);
  }
}
