package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.InRange;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.workerclient.internal.rpc.ExpressionReader;
import dev.workerclient.internal.rpc.Message;
import dev.workerclient.internal.rpc.ProtocolException;
import dev.workerclient.internal.rpc.RejectedPromiseException;
import dev.workerclient.internal.rpc.RemoteError;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzzes the reading of one message: it is a value of no more parts than it has characters, or
 * fails as bad input does. CONTRIBUTING says how to do so for longer.
 */
class DecoderFuzzTest {
  private static final List<JavaType> TYPES =
      Stream.of(
              Object.class,
              String.class,
              int.class,
              BigInteger.class,
              Instant.class,
              byte[].class,
              JsonNode.class,
              Item.class,
              Item[].class)
          .map(References::type)
          .toList();

  private static long inputs;
  private static long passed;
  private static long values;

  record Item(int a, Map<String, List<Instant>> b, Map<String, Item> c) {}

  static Stream<Arguments> seeds() {
    return IntStream.range(0, 64)
        .mapToObj(i -> new Frame(i % 16, 1, (byte) i, (byte) i, (byte) (i / 2), "{\"a\":1}", 0))
        .map(frame -> Arguments.of(0, frame));
  }

  @MethodSource("seeds")
  @DictionaryEntries({"[\"", "\"]", "[[", "]]", "\"cause\":", "\\ud800", "1e999", "[\"promise\",-"})
  @FuzzTest(maxDuration = "")
  void aMessageIsAValueOrRefused(@InRange(min = 0, max = 8) int type, @NotNull Frame frame) {
    inputs++;
    String text = frame.text();
    try {
      JsonNode value = Message.read(text).value();
      if (value != null && !value.isMissingNode()) {
        ExpressionReader reader =
            new ExpressionReader((id, depth) -> JsonNodeFactory.instance.numberNode(id));
        JsonNode tree = reader.read(value, 0);
        assertThat(size(tree)).isLessThanOrEqualTo(text.length());
        assertThat(String.valueOf(References.VALUES.value(tree, TYPES.get(type)))).isNotNull();
        assertThat(RemoteError.of(value, reader, 0).message()).isNotNull();
        values++;
      }
    } catch (ProtocolException | RejectedPromiseException | JsonProcessingException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
    passed++;
  }

  private static int size(JsonNode tree) {
    int size = 1;
    for (JsonNode each : tree) {
      size += size(each);
    }
    return size;
  }

  @AfterAll
  static void asManyInputsRanAsWereAskedFor() {
    System.out.printf("%,d fuzz inputs, of which %,d are values%n", inputs, values);
    if (passed == inputs) {
      assertThat(inputs).isGreaterThanOrEqualTo(Long.getLong("jazzer.max_executions", 0));
    }
  }
}
