package dev.workerclient.internal.classify;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The structured form: JSON with {@code "cloudflare_error": true} and an integer {@code
 * error_code}; or a gateway's error object that passes a text of the runtime on. Whatever else is
 * in the body, a JSON of the user's own included, is an answer.
 */
final class StructuredFormat {
  private static final String MARK = "\"cloudflare_error\"";

  private final int status;
  private boolean marked;
  private int code = -1;
  private @Nullable String name;
  private @Nullable String category;
  private @Nullable String ray;
  private @Nullable Duration retryAfter;
  private @Nullable Finding passedOn;

  private StructuredFormat(int status) {
    this.status = status;
  }

  static @Nullable Finding read(int status, BodyPrefix body) throws IOException {
    if (!mayBeginObject(body.peek(1))) {
      return null;
    }
    byte[] json = body.peek(BodyPrefix.LIMIT);
    // Told apart by a search first, since most that comes here is the target's own.
    if (json.length > GatewayText.LONGEST
        && !new String(json, StandardCharsets.ISO_8859_1).contains(MARK)) {
      return null;
    }
    try (JsonParser parser = RemoteJson.FACTORY.createParser(json)) {
      return parser.nextToken() == JsonToken.START_OBJECT
          ? new StructuredFormat(status).readObject(parser)
          : null;
    } catch (IOException e) {
      return null; // Not JSON, cut, too deep or with a name twice: not Cloudflare's.
    }
  }

  private static boolean mayBeginObject(byte[] start) {
    if (start.length == 0) {
      return false;
    }
    return switch (start[0]) {
      case '{', ' ', '\t', '\r', '\n', (byte) 0xEF -> true; // The last begins a byte order mark.
      default -> false;
    };
  }

  private @Nullable Finding readObject(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (field) {
        case "cloudflare_error" -> marked = value == JsonToken.VALUE_TRUE;
        case "error_code" -> code = code(parser, value);
        case "error_name" -> name = text(parser, value);
        case "error_category" -> category = text(parser, value);
        case "ray_id" -> ray = text(parser, value);
        case "retry_after" ->
            retryAfter = value.isNumeric() ? RetryAfter.seconds(parser.getText()) : null;
        case "message", "detail", "cause" -> passOn(parser, value);
        case "error" -> {
          if (value == JsonToken.START_OBJECT) {
            readErrorObject(parser);
          } else {
            passOn(parser, value);
          }
        }
        default -> {}
      }
      parser.skipChildren();
    }
    if (parser.nextToken() != null) {
      return null;
    }
    if (marked && code > 0) {
      return new CloudflareError(code, name, category, ray, retryAfter);
    }
    return passedOn;
  }

  private void readErrorObject(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean message = parser.currentName().equals("message");
      JsonToken value = parser.nextToken();
      if (message) {
        passOn(parser, value);
      }
      parser.skipChildren();
    }
  }

  private void passOn(JsonParser parser, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING && !(passedOn instanceof Finding.PassedOn)) {
      Finding found = GatewayText.ofField(status, parser.getText());
      passedOn = found == null ? passedOn : found;
    }
  }

  private static int code(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.VALUE_NUMBER_INT) {
      return -1;
    }
    String digits = parser.getText();
    return CloudflareFormats.code(digits, 0, digits.length(), 1);
  }

  private static @Nullable String text(JsonParser parser, JsonToken value) throws IOException {
    return value == JsonToken.VALUE_STRING ? RemoteText.clean(parser.getText()) : null;
  }
}
