package dev.workerclient.spring.boot;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Passes properties to the builder's setters, whose refusals then name the property. */
final class PropertySetters {
  /**
   * What Spring Boot leaves as it is if nothing has that name; sent as a token, it would be a 401.
   */
  private static final Pattern UNDEFINED = Pattern.compile("\\$\\{([\\w.-]+)}");

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
      requireDefined(name(name), value);
      check(name(name), () -> setter.accept(value));
    }
  }

  /** Passes each entry. */
  void setAll(String name, Map<String, String> values, BiConsumer<String, String> setter) {
    PropertySetters own = below(name);
    values.forEach((key, value) -> own.set(key, value, given -> setter.accept(key, given)));
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
    requireDefined(name(name), value);
    return value;
  }

  private static void requireDefined(String property, Object value) {
    Matcher undefined = UNDEFINED.matcher(value instanceof String text ? text : "");
    if (undefined.find()) {
      throw new InvalidWorkerPropertyException(
          property,
          "refers to "
              + undefined.group()
              + ", which is not set; set the environment variable or property "
              + undefined.group(1));
    }
  }

  private static void check(String property, Runnable setter) {
    try {
      setter.run();
    } catch (IllegalArgumentException e) {
      throw new InvalidWorkerPropertyException(property, String.valueOf(e.getMessage()));
    }
  }
}
