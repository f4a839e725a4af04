package dev.workerclient;

import java.util.stream.Stream;

/** What the application's own code may throw: any Throwable, since Kotlin declares none. */
final class Thrown {
  private Thrown() {}

  /** One of each kind. */
  static Stream<Throwable> kinds() {
    return Stream.of(
        new IllegalStateException("broken"),
        new java.io.IOException("checked"),
        new Exception("checked too"),
        new AssertionError("an error"),
        new StackOverflowError("a cycle"),
        new NoClassDefFoundError("a library that is not there"));
  }

  /** Throws it from where it was not declared. */
  static RuntimeException sneaky(Throwable failure) {
    throw Thrown.<RuntimeException>as(failure);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E as(Throwable failure) throws E {
    throw (E) failure;
  }
}
