package dev.workerclient.spring.boot;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes properties to the builder's setters, whose refusals then name the property. */
final class PropertySetters {
  private final String prefix;

  /** For the properties below {@code prefix}. */
  PropertySetters(String prefix) {
    this.prefix = prefix;
  }

  PropertySetters below(String name) {
    return new PropertySetters(prefix + "." + name);
  }

  /** Returns the property's whole name. */
  String name(String name) {
    return prefix + "." + name;
  }

  /** Passes the value, unless it is null. */
  <T> void set(String name, @Nullable T value, Consumer<T> setter) {
    if (value != null) {
      check(name(name), () -> setter.accept(value));
    }
  }

  /** Passes each entry. */
  void setAll(String name, Map<String, String> values, BiConsumer<String, String> setter) {
    values.forEach((key, value) -> check(name(name) + "." + key, () -> setter.accept(key, value)));
  }

  /**
   * Returns the value.
   *
   * @throws InvalidWorkerPropertyException if it is missing or blank
   */
  String require(String name, @Nullable String value, String reason) {
    if (value == null || value.isBlank()) {
      throw new InvalidWorkerPropertyException(name(name), reason);
    }
    return value;
  }

  private static void check(String property, Runnable setter) {
    try {
      setter.run();
    } catch (IllegalArgumentException e) {
      throw new InvalidWorkerPropertyException(property, String.valueOf(e.getMessage()));
    }
  }
}
