package dev.workerclient.rpc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.testng.annotations.Test;

/** Runs a class of the Reactive Streams TCK, which is written for TestNG, under JUnit. */
final class Tck {
  private Tck() {}

  /** Readies an instance for its rule, or cleans up after it. */
  @FunctionalInterface
  interface Step<V> {
    void run(V verification) throws Exception;
  }

  /** A test for each rule; each has an instance of its own, since errors may come late. */
  static <V> Stream<DynamicTest> rules(
      Class<V> type, Supplier<V> instances, Step<V> before, Step<V> after) {
    return Stream.of(type.getMethods())
        .filter(method -> method.isAnnotationPresent(Test.class) && isForOneSubscriber(method))
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.getName(),
                    () -> {
                      V instance = instances.get();
                      before.run(instance);
                      run(rule, instance);
                      after.run(instance);
                    }));
  }

  /** The TCK skips "untested" rules; rule 1.11 and the stochastic one need many subscribers. */
  private static boolean isForOneSubscriber(Method rule) {
    String name = rule.getName();
    return name.startsWith("required_")
        || (name.startsWith("optional_") && !name.contains("spec111"));
  }

  private static void run(Method rule, Object instance) throws Throwable {
    try {
      rule.invoke(instance);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
