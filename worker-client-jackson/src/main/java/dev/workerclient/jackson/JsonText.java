package dev.workerclient.jackson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.workerclient.internal.classify.RemoteText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How texts stand in the reports that are written as JSON. */
final class JsonText {
  private JsonText() {}

  /** Puts a text, cut and with controls escaped; nothing where there is none. */
  static void put(ObjectNode json, String name, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      json.put(name, RemoteText.clean(text, ProblemJson.LONGEST_TEXT));
    }
  }

  /** Puts a state, {@code HALF_OPEN} as {@code half-open}. */
  static void put(ObjectNode json, String name, Enum<?> state) {
    json.put(name, state.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  static byte[] bytes(JsonNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
