package dev.workerclient.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.workerclient.internal.classify.RemoteText;
import java.io.IOException;

/**
 * Jackson's failures as causes: its messages quote the value, line breaks included, and so may
 * those of its causes, which it repeats.
 */
final class OneLine {
  private OneLine() {}

  /** Returns the failure in one line, with the stack of the original. */
  static IOException of(JsonProcessingException e) {
    String message = RemoteText.clean(String.valueOf(e.getOriginalMessage()));
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      message += ", in " + RemoteText.clean(mapping.getPathReference());
    }
    IOException failure = new IOException(message);
    failure.setStackTrace(e.getStackTrace());
    return failure;
  }
}
