package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.workerclient.internal.rpc.MessageText;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What the Worker is told of a call that failed: neither class nor stack of an exception. */
final class FailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String type;

  /** An object, or null. */
  private final transient @Nullable JsonNode properties;

  FailedException(String type, @Nullable String message) {
    this(type, message, null);
  }

  FailedException(String type, @Nullable String message, @Nullable JsonNode properties) {
    super(message == null ? "the method failed without a message" : message, null, false, false);
    this.type = type;
    this.properties = properties;
  }

  /** What is told of any failure. */
  static FailedException of(Throwable failure) {
    Throwable e = cause(failure);
    if (e instanceof FailedException known) {
      return known;
    }
    return e instanceof Error
        ? new FailedException("Error", "the method failed")
        : new FailedException("Error", e.getMessage());
  }

  /** What the application threw. */
  static Throwable cause(Throwable failure) {
    Throwable e = failure;
    while ((e instanceof CompletionException || e instanceof InvocationTargetException)
        && e.getCause() != null) {
      e = e.getCause();
    }
    return e;
  }

  /** The message that rejects the call of that id. */
  String rejection(long id) {
    return MessageText.of(
        "reject",
        out -> {
          out.writeNumber(id);
          out.writeStartArray();
          out.writeString("error");
          out.writeString(type);
          out.writeString(wellFormed(String.valueOf(getMessage())));
          if (properties != null) {
            out.writeNull(); // Its stack.
            new CallExpression(out, node -> 0).value(properties);
          }
          out.writeEndArray();
        });
  }

  /** UTF-8 has no form for half of a surrogate pair. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
