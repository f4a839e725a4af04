package dev.workerclient.jackson;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.workerclient.internal.classify.RemoteText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Jackson's exceptions made fit for a log: theirs quote the body with its line breaks, and hold on
 * to the parser and so to the whole body.
 */
final class JsonFailure {
  private JsonFailure() {}

  /** Returns the failure in one line, with the stack of the original. */
  static IOException of(JsonProcessingException e) {
    StringBuilder message = new StringBuilder(RemoteText.clean(e.getOriginalMessage()));
    JsonLocation location = e.getLocation();
    if (location != null && location.getLineNr() > 0) {
      message.append(", at line ").append(location.getLineNr());
      message.append(", column ").append(location.getColumnNr());
    }
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      message.append(", in ").append(RemoteText.clean(mapping.getPathReference()));
    }
    IOException failure = new IOException(message.toString(), applicationCause(e));
    failure.setStackTrace(e.getStackTrace());
    return failure;
  }

  private static @Nullable Throwable applicationCause(JsonProcessingException e) {
    Throwable cause = e.getCause();
    while (cause instanceof JsonProcessingException) {
      cause = cause.getCause();
    }
    return cause;
  }
}
