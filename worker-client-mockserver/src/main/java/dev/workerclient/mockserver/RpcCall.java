package dev.workerclient.mockserver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A call of a method of the object given to {@link MockService#rpc}, or of an object that it
 * returned, in a batch or a session.
 *
 * @param method the Worker's name for the method: its {@code @RpcName}, or the Java name
 * @param arguments what the method got, as values of its parameters' types: an {@code RpcPromise}
 *     as the value that it came to, and variable arguments one by one. Unmodifiable; may contain
 *     nulls
 */
public record RpcCall(String method, List<@Nullable Object> arguments) {
  /**
   * Creates one, for comparisons.
   *
   * @throws NullPointerException if the method or the list is null
   */
  public RpcCall {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(arguments, "arguments");
    arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
  }

  /** Returns method and arguments, such as {@code add(apple, 2)}. */
  @Override
  public String toString() {
    return arguments.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", method + "(", ")"));
  }
}
