package dev.workerclient;

import java.util.Objects;

/** Refuses null in varargs. */
final class Nulls {
  private Nulls() {}

  /**
   * Checks the array and its elements.
   *
   * @throws NullPointerException with the parameter's name if one of them is null
   */
  static void requireNone(Object[] values, String parameter) {
    for (Object value : Objects.requireNonNull(values, parameter)) {
      Objects.requireNonNull(value, parameter);
    }
  }
}
