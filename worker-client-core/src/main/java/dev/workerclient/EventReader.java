package dev.workerclient;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a {@code text/event-stream} as the HTML standard says (9.2.6): an event that
 * no empty line ends is dropped. Used by one thread.
 */
final class EventReader {
  private static final int MOST_DIGITS = 15;

  private final LineReader lines;
  private final long most;
  private @Nullable String id;
  private @Nullable Duration retry;
  private String event = "";
  private @Nullable StringBuilder data;

  /**
   * Reads a stream.
   *
   * @param most how many bytes a line, and how many characters an event may have
   */
  EventReader(InputStream stream, long most) {
    this.lines = new LineReader(stream, most, true);
    this.most = most;
  }

  /**
   * Returns the next event; null at the end.
   *
   * @throws IOException if the stream breaks, or an event is too long
   */
  @Nullable ServerSentEvent next() throws IOException {
    event = "";
    data = null;
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      if (line.length > 0) {
        read(new String(line, StandardCharsets.UTF_8));
      } else if (data != null) {
        return new ServerSentEvent(id, event.isEmpty() ? "message" : event, data.toString(), retry);
      } else {
        event = "";
      }
    }
    return null;
  }

  private void read(String line) throws IOException {
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    int start = line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1;
    String value = colon < 0 ? "" : line.substring(start);
    switch (field) {
      case "data" -> append(value);
      case "event" -> event = value;
      case "id" -> id = value.indexOf('\0') < 0 ? value : id;
      case "retry" -> retry = isNumber(value) ? Duration.ofMillis(Long.parseLong(value)) : retry;
      default -> {} // A comment, or a field that nobody knows.
    }
  }

  private void append(String value) throws IOException {
    StringBuilder collected = data;
    if (collected == null) {
      data = new StringBuilder(value);
      return;
    }
    if (collected.length() + 1L + value.length() > most) {
      throw new LineReader.TooLongException("an event", most);
    }
    collected.append('\n').append(value);
  }

  private static boolean isNumber(String value) {
    return !value.isEmpty()
        && value.length() <= MOST_DIGITS
        && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
