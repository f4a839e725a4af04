package dev.workerclient.mockserver;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What workerd tells of a socket that listens: {@code
 * {"event":"listen","socket":"http","port":38527}}.
 */
record ListenEvent(String socket, int port) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Reads a line of workerd's output; null where it is any other, a Worker's own log above all. */
  static @Nullable ListenEvent parse(String line) {
    if (!line.startsWith("{\"event\":\"listen\"")) {
      return null;
    }
    String socket = null;
    int port = 0;
    try (JsonParser json = JSON.createParser(line)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        if (field.equals("socket") && value == JsonToken.VALUE_STRING) {
          socket = json.getText();
        } else if (field.equals("port") && value == JsonToken.VALUE_NUMBER_INT) {
          port = json.getIntValue();
        } else {
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      return null;
    }
    return socket == null || port == 0 ? null : new ListenEvent(socket, port);
  }
}
