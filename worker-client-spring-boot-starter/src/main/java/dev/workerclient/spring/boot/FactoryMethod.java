package dev.workerclient.spring.boot;

import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.RootBeanDefinition;

/** Beans of static methods: AOT processing can write their definitions down, but no supplier. */
final class FactoryMethod {
  private static final String NAME = "make";

  private FactoryMethod() {}

  /**
   * Returns the definition of a bean that {@code owner.make} makes of the client and those
   * arguments.
   */
  static RootBeanDefinition of(Class<?> owner, Class<?> type, Object... arguments) {
    RootBeanDefinition bean = new RootBeanDefinition(owner);
    bean.setFactoryMethodName(NAME);
    bean.setTargetType(type);
    bean.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
    for (int i = 0; i < arguments.length; i++) {
      bean.getConstructorArgumentValues().addIndexedArgumentValue(i + 1, arguments[i]);
    }
    return bean;
  }

  /** Whether a bean is one of {@code owner.make}. */
  static boolean isOf(Class<?> owner, RootBeanDefinition bean) {
    return NAME.equals(bean.getFactoryMethodName())
        && bean.hasBeanClass()
        && bean.getBeanClass() == owner;
  }
}
