package dev.workerclient.internal.classify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The structured form: JSON with {@code "cloudflare_error": true} and an integer {@code
 * error_code}. Whatever else is in the body, a JSON of the user's own included, is an answer.
 */
final class StructuredFormat {
  private static final int DEEPEST = 16;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(BodyPrefix.LIMIT)
                  .maxNumberLength(32)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private StructuredFormat() {}

  static @Nullable CloudflareError read(byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? readObject(parser) : null;
    } catch (IOException e) {
      return null; // Not JSON, cut, too deep or with a name twice: not Cloudflare's.
    }
  }

  private static @Nullable CloudflareError readObject(JsonParser parser) throws IOException {
    boolean marked = false;
    int code = -1;
    String name = null;
    String category = null;
    String ray = null;
    Duration retryAfter = null;
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
            retryAfter =
                value == JsonToken.VALUE_NUMBER_INT ? RetryAfter.seconds(parser.getText()) : null;
        default -> parser.skipChildren();
      }
    }
    return marked && code >= 0 && parser.nextToken() == null
        ? new CloudflareError(code, name, category, ray, retryAfter)
        : null;
  }

  private static int code(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.VALUE_NUMBER_INT) {
      parser.skipChildren();
      return -1;
    }
    String digits = parser.getText();
    return CloudflareFormats.code(digits, 0, digits.length());
  }

  private static @Nullable String text(JsonParser parser, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING) {
      return RemoteText.clean(parser.getText());
    }
    parser.skipChildren();
    return null;
  }
}
