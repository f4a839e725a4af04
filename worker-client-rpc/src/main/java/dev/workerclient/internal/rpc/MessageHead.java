package dev.workerclient.internal.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * What a message is, read without its value: so that a value that can't be read is that of one
 * call.
 *
 * @param kind such as {@code resolve}
 * @param id the call's; 0 if there is none
 */
record MessageHead(String kind, int id) {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Reads the head of a message.
   *
   * @throws ProtocolException if the line is not a message
   */
  static MessageHead of(String line) throws ProtocolException {
    String kind = null;
    try (JsonParser in = JSON.createParser(line)) {
      if (in.nextToken() == JsonToken.START_ARRAY) {
        kind = in.nextTextValue();
      }
      if (kind != null && in.nextToken() == JsonToken.VALUE_NUMBER_INT) {
        return new MessageHead(kind, in.getIntValue());
      }
    } catch (IOException e) {
      // What follows can't be read.
    }
    if (kind == null) {
      throw new ProtocolException("a line of it is not a message");
    }
    return new MessageHead(kind, 0);
  }

  /** Whether it says how a call ended. */
  boolean isSettlement() {
    return id != 0 && (kind.equals("resolve") || kind.equals("reject"));
  }
}
