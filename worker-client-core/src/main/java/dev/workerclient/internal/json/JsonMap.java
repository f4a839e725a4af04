package dev.workerclient.internal.json;

import dev.workerclient.internal.classify.RemoteText;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One object of the form, filled in the order of its members. What is null stays absent. */
final class JsonMap {
  /** The longest text that is written or read, in characters. */
  static final int LONGEST_TEXT = 1_000;

  private final Map<String, Object> members = new LinkedHashMap<>();

  /** Puts a value as it is: a number, a boolean, a list or a map. */
  JsonMap put(String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value);
    }
    return this;
  }

  /** Puts a text, cut and with controls escaped. */
  JsonMap text(String name, @Nullable String text) {
    return put(name, text == null ? null : RemoteText.clean(text, LONGEST_TEXT));
  }

  /** Puts a text that says something; nothing for an empty one. */
  JsonMap words(String name, @Nullable String text) {
    return text == null || text.isEmpty() ? this : text(name, text);
  }

  /** Puts a state, {@code HALF_OPEN} as {@code half-open}. */
  JsonMap state(String name, Enum<?> state) {
    return put(name, state.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  Map<String, Object> members() {
    return members;
  }
}
