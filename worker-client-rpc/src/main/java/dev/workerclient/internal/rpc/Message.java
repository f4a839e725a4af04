package dev.workerclient.internal.rpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One message of a session.
 *
 * @param id what it is about; 0 for kinds that name nothing
 * @param value its last element; missing if there is none, null if it can't be read: then the rest
 *     of the session can be
 */
public record Message(Kind kind, long id, @Nullable JsonNode value) {
  /** The kinds of messages. */
  public enum Kind {
    PUSH(false),
    STREAM(false),
    PIPE(false),
    ABORT(false),
    PULL(true),
    RESOLVE(true),
    REJECT(true),
    RELEASE(true);

    private final boolean named;

    Kind(boolean named) {
      this.named = named;
    }

    private static Kind of(String name) throws ProtocolException {
      return switch (name) {
        case "push" -> PUSH;
        case "stream" -> STREAM;
        case "pipe" -> PIPE;
        case "abort" -> ABORT;
        case "pull" -> PULL;
        case "resolve" -> RESOLVE;
        case "reject" -> REJECT;
        case "release" -> RELEASE;
        default -> throw new ProtocolException("a message is of a kind that is not known");
      };
    }
  }

  /**
   * Reads a message; its value is read as a tree, and not yet as an expression.
   *
   * @throws ProtocolException if it is not one
   */
  public static Message read(String text) throws ProtocolException {
    Kind kind;
    long id = 0;
    try (JsonParser in = RpcJson.READER.createParser(text)) {
      if (in.nextToken() != JsonToken.START_ARRAY || in.nextToken() != JsonToken.VALUE_STRING) {
        throw new ProtocolException("a message is not an array that begins with its kind");
      }
      kind = Kind.of(in.getText());
      if (kind.named) {
        if (in.nextToken() != JsonToken.VALUE_NUMBER_INT) {
          throw new ProtocolException("a message names nothing that it is about");
        }
        id = in.getLongValue();
      }
      return new Message(kind, id, value(in));
    } catch (IOException e) {
      throw new ProtocolException("a message is not valid JSON");
    }
  }

  private static @Nullable JsonNode value(JsonParser in) {
    try {
      JsonToken first = in.nextToken();
      if (first == JsonToken.END_ARRAY) {
        return MissingNode.getInstance();
      }
      JsonNode value =
          first == JsonToken.VALUE_STRING
              ? TextNode.valueOf(in.getText())
              : RpcJson.READER.readTree(in);
      boolean last = in.nextToken() == JsonToken.END_ARRAY && in.nextToken() == null;
      return last ? value : null;
    } catch (IOException e) {
      return null;
    }
  }
}
