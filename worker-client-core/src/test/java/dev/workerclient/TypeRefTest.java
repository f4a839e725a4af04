package dev.workerclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Named.named;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A TypeRef holds a whole type or is refused: a type variable is erased when a codec looks. */
class TypeRefTest {
  private static class Page<T> {
    @SuppressWarnings("ClassCanBeStatic") // An inner class has its owner's arguments.
    class Cursor {}
  }

  @SuppressWarnings("UnusedTypeParameter")
  private abstract static class ListRef<E> extends TypeRef<List<E>> {}

  private abstract static class Names extends TypeRef<List<String>> {}

  static Stream<Arguments> erased() {
    return TypeRefTest.<Integer, String>refs();
  }

  private static <T, N extends Comparable<N>> Stream<Arguments> refs() {
    return Stream.of(
        ref("itself", "T", () -> new TypeRef<T>() {}),
        ref("an argument", "T", () -> new TypeRef<List<T>>() {}),
        ref("the second argument", "T", () -> new TypeRef<Map<String, T>>() {}),
        ref("deep inside", "T", () -> new TypeRef<Map<String, List<Map<T, String>>>>() {}),
        ref("an array", "T", () -> new TypeRef<T[]>() {}),
        ref("an array of generics", "T", () -> new TypeRef<List<T>[][]>() {}),
        ref("an upper bound", "T", () -> new TypeRef<List<? extends T>>() {}),
        ref("a lower bound", "T", () -> new TypeRef<List<? super T>>() {}),
        ref("an owner", "T", () -> new TypeRef<Page<T>.Cursor>() {}),
        ref("one with a bound of its own", "N", () -> new TypeRef<List<N>>() {}));
  }

  private static Arguments ref(String name, String variable, Supplier<TypeRef<?>> made) {
    return Arguments.of(named(name, made), variable);
  }

  @ParameterizedTest
  @MethodSource("erased")
  void aTypeVariableIsRefused(Supplier<TypeRef<?>> made, String variable) {
    assertThatIllegalArgumentException()
        .isThrownBy(made::get)
        .withMessageContaining("contains the type variable " + variable + ",")
        .withMessageContaining("or take the TypeRef as a parameter");
  }

  /** The argument of a class in between is not the type that TypeRef has. */
  @Test
  @SuppressWarnings("rawtypes")
  void aClassInBetweenIsRefusedAndSoIsNoArgument() {
    for (Supplier<TypeRef<?>> made :
        List.<Supplier<TypeRef<?>>>of(
            () -> new ListRef<String>() {}, () -> new Names() {}, () -> new TypeRef() {})) {
      assertThatIllegalArgumentException()
          .isThrownBy(made::get)
          .withMessageContaining("write new TypeRef<List<Order>>() {}");
    }
  }

  @Test
  void aWholeTypeIsTaken() {
    assertThat(new TypeRef<String>() {}).hasToString("TypeRef<java.lang.String>");
    assertThat(new TypeRef<List<? extends Map<String, List<int[]>[]>>>() {}.type().getTypeName())
        .isEqualTo(
            "java.util.List<? extends java.util.Map<java.lang.String,"
                + " java.util.List<int[]>[]>>");
    assertThat(new TypeRef<Page<String>.Cursor>() {}.type().getTypeName())
        .endsWith("Page<java.lang.String>$Cursor");
    assertThat(new TypeRef<List<?>>() {}.type().getTypeName()).isEqualTo("java.util.List<?>");
  }
}
