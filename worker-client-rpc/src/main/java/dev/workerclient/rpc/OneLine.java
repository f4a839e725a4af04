package dev.workerclient.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import dev.workerclient.internal.classify.RemoteText;
import dev.workerclient.internal.json.JsonFailure;
import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * Jackson's failures as causes: its messages quote the value, line breaks included, and so may
 * those of its causes, which it repeats.
 */
final class OneLine {
  private OneLine() {}

  /**
   * Returns the failure in one line, with the stack of the original.
   *
   * @param redact hides the credentials that a target may have echoed
   */
  static IOException of(JsonProcessingException e, UnaryOperator<String> redact) {
    String message = RemoteText.clean(redact.apply(String.valueOf(e.getOriginalMessage())));
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      String path =
          JsonFailure.path(mapping.getPath(), Reference::getFieldName, Reference::getIndex);
      message += ", in " + RemoteText.clean(redact.apply(path));
    }
    IOException failure = new IOException(message);
    failure.setStackTrace(e.getStackTrace());
    return failure;
  }
}
