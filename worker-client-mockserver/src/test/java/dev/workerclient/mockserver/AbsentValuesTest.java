package dev.workerclient.mockserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * One style of absence in what users call: null marked {@code @Nullable} for a value that is held
 * or has a name, OptionalInt for a number, Optional for the result of a search.
 */
class AbsentValuesTest {
  /** What searches: by a type, by a check, over folders. */
  private static final Set<String> SEARCHES = Set.of("failure", "step", "findBinary");

  private static final Set<Class<?>> BOXES =
      Set.of(Integer.class, Long.class, Double.class, Boolean.class);

  private static List<Method> methods() {
    return NullArgumentsTest.members()
        .flatMap(PublicTypes::callable)
        .filter(Method.class::isInstance)
        .map(Method.class::cast)
        .toList();
  }

  @Test
  void anOptionalIsTheResultOfASearch() {
    assertThat(methods())
        .filteredOn(method -> method.getReturnType() == Optional.class)
        .extracting(Method::getName)
        .isSubsetOf(SEARCHES);
  }

  @Test
  void aNumberIsNeverNull() {
    assertThat(methods())
        .filteredOn(method -> BOXES.contains(method.getReturnType()))
        .filteredOn(method -> method.getAnnotatedReturnType().isAnnotationPresent(Nullable.class))
        .isEmpty();
  }

  @Test
  void noParameterIsAnOptional() {
    assertThat(NullArgumentsTest.members().flatMap(PublicTypes::callable))
        .noneMatch(each -> List.of(each.getParameterTypes()).contains(Optional.class));
  }
}
