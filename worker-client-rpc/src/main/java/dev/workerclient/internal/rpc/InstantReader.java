package dev.workerclient.internal.rpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a date that the tree holds as an Instant. */
final class InstantReader<T> extends StdDeserializer<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private final transient Function<Instant, T> form;
  private final transient @Nullable Function<String, T> text;

  private InstantReader(
      Class<T> type, Function<Instant, T> form, @Nullable Function<String, T> text) {
    super(type);
    this.type = type;
    this.form = form;
    this.text = text;
  }

  static <T> InstantReader<T> of(Class<T> type, Function<Instant, T> form) {
    return new InstantReader<>(type, form, null);
  }

  /** Reads texts too. */
  static <T> InstantReader<T> of(
      Class<T> type, Function<Instant, T> form, Function<String, T> text) {
    return new InstantReader<>(type, form, text);
  }

  @Override
  @SuppressWarnings("NullAway") // Jackson has null for what it reports itself.
  public @Nullable T deserialize(JsonParser in, DeserializationContext context) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT
        && in.getEmbeddedObject() instanceof Instant instant) {
      return form.apply(instant);
    }
    if (text != null && in.currentToken() == JsonToken.VALUE_STRING) {
      return text.apply(in.getText());
    }
    return type.cast(context.handleUnexpectedToken(type, in));
  }
}
