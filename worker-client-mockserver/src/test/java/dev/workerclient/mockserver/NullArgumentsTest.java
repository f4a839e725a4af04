package dev.workerclient.mockserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever passes null where no {@code @Nullable} stands gets a NullPointerException whose message
 * is the parameter's name: in every public constructor and method of every package that users
 * import.
 */
class NullArgumentsTest {
  private static final MockWorkers MOCK = MockWorkers.start();
  private static final SampleValues SAMPLES = new SampleValues(MOCK);

  @AfterAll
  static void close() {
    SAMPLES.close();
    MOCK.close();
  }

  static Stream<Class<?>> types() {
    return members()
        .filter(type -> PublicTypes.callable(type).anyMatch(NullArgumentsTest::takesReferences))
        .filter(type -> !type.getName().contains(".Workerd")); // It has tests of its own.
  }

  /** The public types of all packages that users import. */
  static Stream<Class<?>> members() {
    return Stream.of(
            dev.workerclient.WorkerClient.class,
            dev.workerclient.error.WorkerException.class,
            dev.workerclient.health.RouteHealth.class,
            dev.workerclient.jackson.JacksonCodec.class,
            dev.workerclient.rpc.Rpc.class,
            MockWorkers.class)
        .flatMap(member -> PublicTypes.beside(member).stream());
  }

  private static boolean takesReferences(Executable executable) {
    return Stream.of(executable.getParameters()).anyMatch(NullArgumentsTest::refusesNull);
  }

  @ParameterizedTest
  @MethodSource("types")
  void eachNullIsNamed(Class<?> type) {
    List<String> unnamed = new ArrayList<>();
    PublicTypes.callable(type).forEach(executable -> checkEach(executable, unnamed));
    assertThat(unnamed).isEmpty();
  }

  private static void checkEach(Executable executable, List<String> unnamed) {
    Parameter[] parameters = executable.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      if (refusesNull(parameters[i])) {
        check(executable, i, null, unnamed);
      }
      if (parameters[i].isVarArgs() && !isPrimitiveArray(parameters[i])) {
        Class<?> element = parameters[i].getType().getComponentType();
        check(executable, i, Array.newInstance(element, 1), unnamed);
      }
    }
  }

  private static boolean isPrimitiveArray(Parameter parameter) {
    return parameter.getType().getComponentType().isPrimitive();
  }

  private static void check(
      Executable executable, int index, @Nullable Object bad, List<String> unnamed) {
    Parameter[] parameters = executable.getParameters();
    @Nullable Object[] arguments = new @Nullable Object[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      arguments[i] = i == index ? bad : SAMPLES.of(parameters[i].getType());
    }
    String name = parameters[index].getName();
    assertThat(parameters[index].isNamePresent()).as("compiled with -parameters").isTrue();
    @Nullable Throwable thrown = thrown(executable, arguments);
    if (!(thrown instanceof NullPointerException) || !name.equals(thrown.getMessage())) {
      unnamed.add(
          executable.getDeclaringClass().getSimpleName()
              + "."
              + executable.getName()
              + Stream.of(parameters).map(each -> each.getType().getSimpleName()).toList()
              + " with "
              + name
              + (bad == null ? " null: " : " [null]: ")
              + thrown);
    }
  }

  private static @Nullable Throwable thrown(Executable executable, @Nullable Object[] arguments) {
    try {
      executable.setAccessible(true);
      if (executable instanceof Constructor<?> constructor) {
        constructor.newInstance(arguments);
      } else {
        Object target =
            PublicTypes.isStatic(executable) ? null : SAMPLES.of(executable.getDeclaringClass());
        ((Method) executable).invoke(target, arguments);
      }
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(executable.toString(), e);
    }
  }

  private static boolean refusesNull(Parameter parameter) {
    if (parameter.getType().isPrimitive()
        || parameter.getType().getName().startsWith("org.junit.")) { // JUnit calls these.
      return false;
    }
    AnnotatedType type = parameter.getAnnotatedType();
    boolean nullableBound =
        type.getType() instanceof TypeVariable<?> variable
            && Stream.of(variable.getAnnotatedBounds())
                .anyMatch(bound -> bound.isAnnotationPresent(Nullable.class));
    return !nullableBound && !type.isAnnotationPresent(Nullable.class);
  }
}
