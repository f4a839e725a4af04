package dev.workerclient;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a body as values, by the client's codec; blank lines are skipped. Used by one
 * thread.
 */
final class ValueReader<T> {
  private final ResponseInfo response;
  private final LineReader lines;
  private final Type type;
  private long number;

  ValueReader(ResponseInfo response, LineReader lines, Type type) {
    this.response = response;
    this.lines = lines;
    this.type = type;
  }

  /**
   * Returns the next value; null at the end.
   *
   * @throws IOException if the body breaks, or a line is too long
   * @throws dev.workerclient.error.WorkerDecodingException if the line is not such a value
   */
  @SuppressWarnings("unchecked") // Its class was checked.
  @Nullable T next() throws IOException {
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      number++;
      if (!new String(line, StandardCharsets.UTF_8).isBlank()) {
        boolean endsWithCr = line[line.length - 1] == '\r';
        byte[] value = endsWithCr ? Arrays.copyOf(line, line.length - 1) : line;
        return (T) response.decode("line " + number, value, type);
      }
    }
    return null;
  }
}
