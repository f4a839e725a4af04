package dev.workerclient.internal.rpc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes one message of a batch, a line. */
public final class MessageText {
  private static final int LIKELY_LENGTH = 100;

  private MessageText() {}

  /**
   * Returns {@code ["kind", …]}.
   *
   * @throws IllegalArgumentException if what follows the kind can't be written
   */
  public static String of(String kind, Content content) {
    StringWriter line = new StringWriter(LIKELY_LENGTH);
    try (JsonGenerator out = RpcJson.FACTORY.createGenerator(line)) {
      out.writeStartArray();
      out.writeString(kind);
      content.writeTo(out);
      out.writeEndArray();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "an RPC value can't be written: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString();
  }

  /** Writes what follows the kind. */
  @FunctionalInterface
  public interface Content {
    /** Writes elements of the message's array. */
    void writeTo(JsonGenerator out) throws IOException;
  }
}
