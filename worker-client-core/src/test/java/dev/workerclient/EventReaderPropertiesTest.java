package dev.workerclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Events and lines are the same wherever a network cuts the body. */
class EventReaderPropertiesTest {
  private static final long MOST = 1_000_000;

  /** Brings a body in pieces of these lengths, over and over; fails where it may not be read. */
  private static final class Pieces extends InputStream {
    private final byte[] body;
    private final List<Integer> lengths;
    private final boolean ends;
    private int at;
    private int piece;

    Pieces(byte[] body, List<Integer> lengths, boolean ends) {
      this.body = body;
      this.lengths = lengths;
      this.ends = ends;
    }

    @Override
    public int read() throws IOException {
      throw new IOException("not asked for");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (at == body.length) {
        assertThat(ends).as("a read that would wait").isTrue();
        return -1;
      }
      int wanted = lengths.get(piece++ % lengths.size());
      int read = Math.min(Math.min(wanted, length), body.length - at);
      System.arraycopy(body, at, bytes, offset, read);
      at += read;
      return read;
    }
  }

  private static List<ServerSentEvent> events(String body, List<Integer> lengths)
      throws IOException {
    EventReader reader =
        new EventReader(new Pieces(body.getBytes(StandardCharsets.UTF_8), lengths, true), MOST);
    List<ServerSentEvent> events = new ArrayList<>();
    for (ServerSentEvent next = reader.next(); next != null; next = reader.next()) {
      events.add(next);
    }
    return events;
  }

  /** The standard's algorithm on the whole text, line by line, as plainly as it can be written. */
  private static List<ServerSentEvent> expected(String body) {
    String text = body.startsWith("\ufeff") ? body.substring(1) : body;
    List<ServerSentEvent> events = new ArrayList<>();
    @Nullable String id = null;
    @Nullable Duration retry = null;
    String type = "";
    String data = "";
    String[] lines = text.split("\r\n|\n|\r", -1);
    for (int i = 0; i < lines.length - 1; i++) { // What no line end follows is dropped.
      String line = lines[i];
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          String whole = data.substring(0, data.length() - 1);
          events.add(new ServerSentEvent(id, type.isEmpty() ? "message" : type, whole, retry));
        }
        data = "";
        type = "";
        continue;
      }
      String[] parts = line.split(":", 2);
      String value = parts.length == 1 ? "" : parts[1].replaceFirst("^ ", "");
      if (parts[0].equals("data")) {
        data += value + "\n";
      } else if (parts[0].equals("event")) {
        type = value;
      } else if (parts[0].equals("id") && !value.contains("\0")) {
        id = value;
      } else if (parts[0].equals("retry") && value.matches("[0-9]{1,15}")) {
        retry = Duration.ofMillis(Long.parseLong(value));
      }
    }
    return events;
  }

  @Property
  void anyTextIsReadAsTheStandardSaysInAnyPieces(
      @ForAll("bodies") String body, @ForAll("lengths") List<Integer> lengths) throws IOException {
    assertThat(events(body, lengths)).isEqualTo(expected(body));
  }

  @Property
  void linesAreTheSameInAnyPieces(
      @ForAll("bodies") String body, @ForAll("lengths") List<Integer> lengths) throws IOException {
    LineReader reader =
        new LineReader(
            new Pieces(body.getBytes(StandardCharsets.UTF_8), lengths, true), MOST, false);
    List<String> lines = new ArrayList<>();
    for (byte[] next = reader.next(); next != null; next = reader.next()) {
      lines.add(new String(next, StandardCharsets.UTF_8));
    }

    String text = body.startsWith("\ufeff") ? body.substring(1) : body;
    List<String> expected = new ArrayList<>(List.of(text.split("\n", -1)));
    if (expected.get(expected.size() - 1).isEmpty()) {
      expected.remove(expected.size() - 1);
    }
    assertThat(lines).isEqualTo(expected);
  }

  @Example
  void anEventIsReadWithoutAWaitForWhatFollowsIt() throws IOException {
    for (String end : List.of("\n", "\r", "\r\n")) {
      byte[] body = ("data: 1" + end + end).getBytes(StandardCharsets.UTF_8);
      EventReader reader = new EventReader(new Pieces(body, List.of(body.length), false), MOST);

      assertThat(reader.next()).isEqualTo(new ServerSentEvent(null, "message", "1", null));
    }
  }

  @Provide
  Arbitrary<String> bodies() {
    Arbitrary<String> piece =
        Arbitraries.of(
            "data",
            "event",
            "id",
            "retry",
            ":",
            ": ",
            " ",
            "\n",
            "\n",
            "\r",
            "\r\n",
            "\n\n",
            "12",
            "x",
            "é",
            "\0",
            "\ufeff",
            "data: y\n",
            "data: z\r\n",
            "data: w\r",
            "id: 7\n");
    return piece.list().ofMaxSize(40).map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<List<Integer>> lengths() {
    return Arbitraries.integers().between(1, 9).list().ofMinSize(1).ofMaxSize(6);
  }
}
