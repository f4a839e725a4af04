package dev.workerclient;

import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerException;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What a streamed body holds, one after another; the response is closed at the end. */
final class BodyItems<T> extends Spliterators.AbstractSpliterator<T> {
  /** Reads the next of them. */
  @FunctionalInterface
  interface Source<T> {
    /** Returns the next; null at the end. */
    @Nullable T next() throws IOException;
  }

  private final StreamingResponse response;
  private final Source<T> source;
  private final Function<IOException, WorkerException> failure;
  private boolean ended;

  private BodyItems(
      StreamingResponse response,
      Source<T> source,
      Function<IOException, WorkerException> failure) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.response = response;
    this.source = source;
    this.failure = failure;
  }

  /** The items as a stream; what the source throws is thrown as that failure. */
  static <T> Stream<T> stream(
      StreamingResponse response,
      Source<T> source,
      Function<IOException, WorkerException> failure) {
    return StreamSupport.stream(new BodyItems<>(response, source, failure), false)
        .onClose(response::close);
  }

  @Override
  public boolean tryAdvance(Consumer<? super T> action) {
    T item = ended ? null : read();
    if (item == null) {
      return false;
    }
    action.accept(item);
    return true;
  }

  private @Nullable T read() {
    T item = null;
    try {
      item = source.next();
    } catch (IOException e) {
      throw failure.apply(e);
    } finally {
      if (item == null) {
        ended = true;
        response.close();
      }
    }
    return item;
  }

  /**
   * Reads the lines of a body as values, by the client's codec; blank lines are skipped. Used by
   * one thread.
   */
  static final class Values<T> implements Source<T> {
    private final ResponseInfo response;
    private final LineReader lines;
    private final Type type;
    private long number;

    Values(ResponseInfo response, LineReader lines, Type type) {
      this.response = response;
      this.lines = lines;
      this.type = type;
    }

    /**
     * Returns the next value; null at the end.
     *
     * @throws IOException if the body breaks, or a line is too long
     * @throws WorkerDecodingException if the line is not such a value
     */
    @SuppressWarnings("unchecked") // Its class was checked.
    @Override
    public @Nullable T next() throws IOException {
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
}
