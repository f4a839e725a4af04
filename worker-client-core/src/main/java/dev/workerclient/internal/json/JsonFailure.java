package dev.workerclient.internal.json;

import dev.workerclient.internal.classify.RemoteText;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A JSON library's exceptions made fit for a log: theirs quote the body with its line breaks, and
 * hold on to the parser and so to the whole body.
 */
public final class JsonFailure {
  private JsonFailure() {}

  /**
   * Returns the failure in one line, with the stack of the original and, as its cause, what code of
   * the application threw.
   *
   * @param type the library's exceptions
   * @param reason what the library says of it
   * @param line the line in the body, from 1; less if it is not known
   * @param path leads to the value in the body; empty if it is the whole body
   */
  public static IOException of(
      Throwable thrown,
      Class<? extends Throwable> type,
      @Nullable String reason,
      int line,
      int column,
      String path) {
    StringBuilder message = new StringBuilder(RemoteText.clean(String.valueOf(reason)));
    if (line > 0) {
      message.append(", at line ").append(line).append(", column ").append(column);
    }
    if (!path.isEmpty()) {
      message.append(", in ").append(RemoteText.clean(path));
    }
    Throwable cause = thrown.getCause();
    while (type.isInstance(cause)) {
      cause = cause.getCause();
    }
    IOException failure = new IOException(message.toString(), cause);
    failure.setStackTrace(thrown.getStackTrace());
    return failure;
  }

  /**
   * Returns a path such as {@code items[0].count}.
   *
   * @param name the name of a step; null if the step is an index
   */
  public static <T> String path(
      List<T> steps, Function<T, @Nullable String> name, ToIntFunction<T> index) {
    StringBuilder path = new StringBuilder();
    for (T step : steps) {
      String property = name.apply(step);
      if (property == null) {
        path.append('[').append(index.applyAsInt(step)).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(property);
      }
    }
    return path.toString();
  }
}
