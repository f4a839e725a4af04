package dev.workerclient.rpc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The headers of a Request or Response. */
final class FetchHeaders {
  private FetchHeaders() {}

  /**
   * Returns an immutable copy, in the same order.
   *
   * @throws NullPointerException if there is a null in it
   */
  static Map<String, List<String>> copyOf(@Nullable Map<String, List<String>> headers) {
    Objects.requireNonNull(headers, "headers");
    Map<String, List<String>> copy = new LinkedHashMap<>();
    headers.forEach(
        (name, values) -> {
          Objects.requireNonNull(name, "headers has a name that is null");
          Objects.requireNonNull(values, "headers has values that are null");
          values.forEach(
              value -> Objects.requireNonNull(value, "headers has a value that is null"));
          copy.put(name, List.copyOf(values));
        });
    return Collections.unmodifiableMap(copy);
  }
}
