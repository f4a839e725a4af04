package dev.workerclient.internal.route;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.StringJoiner;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** The text of values in paths, queries and forms. */
public final class Parameters {
  private Parameters() {}

  /**
   * Returns the parameter percent-encoded.
   *
   * @throws IllegalArgumentException if the value is not a single one
   */
  public static String encode(String name, Object value) {
    String misfit = misfit(value);
    if (misfit != null) {
      throw new IllegalArgumentException(
          "the value of parameter "
              + name
              + " is "
              + misfit
              + "; write one value, or a Map with a list to send the name once for each, and add no"
              + " parameter for what is absent");
    }
    return PathTemplate.encode(name) + '=' + PathTemplate.encode(value.toString());
  }

  /**
   * Returns the parameters in the map's order, joined by {@code &}. An iterable value stands for
   * the same name once for each of its elements.
   *
   * @throws IllegalArgumentException if a value is not a single one
   */
  public static String encode(Map<String, ?> parameters) {
    StringJoiner joined = new StringJoiner("&");
    for (Map.Entry<String, ?> parameter : parameters.entrySet()) {
      String name = Objects.requireNonNull(parameter.getKey(), "parameters: a name is null");
      if (parameter.getValue() instanceof Iterable<?> values && !(values instanceof Path)) {
        values.forEach(value -> joined.add(encode(name, notNull(name, value))));
      } else {
        joined.add(encode(name, notNull(name, parameter.getValue())));
      }
    }
    return joined.toString();
  }

  private static Object notNull(String name, @Nullable Object value) {
    return Objects.requireNonNull(
        value, () -> "parameters: the value of " + name + " is null; take it out of the map");
  }

  /** What a value is that is not a single one, or has no text; null if it is fine. */
  static @Nullable String misfit(Object value) {
    if (value instanceof String || value instanceof Number) {
      return null;
    }
    if (value instanceof Optional
        || value instanceof OptionalInt
        || value instanceof OptionalLong
        || value instanceof OptionalDouble) {
      return "an Optional";
    }
    boolean several =
        (value instanceof Iterable && !(value instanceof Path))
            || value instanceof Map
            || value instanceof Iterator
            || value instanceof BaseStream
            || value.getClass().isArray();
    if (several) {
      return "a " + value.getClass().getSimpleName() + ", which may hold several";
    }
    String text = value.toString();
    boolean named = text.indexOf('@') < 0 || !text.equals(identity(value));
    return named
        ? null
        : "a " + value.getClass().getSimpleName() + ", which has no toString() of its own";
  }

  /** What {@link Object#toString} returns. */
  private static String identity(Object value) {
    return value.getClass().getName() + '@' + Integer.toHexString(value.hashCode());
  }
}
