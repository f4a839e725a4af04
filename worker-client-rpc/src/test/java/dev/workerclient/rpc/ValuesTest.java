package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerDecodingException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of Java's values on their way, and of JavaScript's on theirs. */
@SuppressWarnings("JavaUtilDate")
class ValuesTest {
  @RegisterExtension final RpcServer server = new RpcServer();

  interface Api {
    void take(@Nullable Object... values);

    long number();

    int small();

    double floating();

    boolean flag();

    @Nullable String text();

    Optional<String> perhaps();

    Instant when();

    Date date();

    byte[] bytes();

    List<BigInteger> bigs();

    Map<String, Object> map();

    @Nullable Object anything();

    Point point();

    DayOfWeek day();

    Shape shape();

    JsonNode tree();

    Holder holder();
  }

  record Holder(JsonNode held) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({@JsonSubTypes.Type(Circle.class), @JsonSubTypes.Type(Square.class)})
  sealed interface Shape permits Circle, Square {}

  @JsonTypeName("circle")
  record Circle(double radius) implements Shape {}

  @JsonTypeName("square")
  record Square(double side) implements Shape {}

  record Point(int x, Optional<Integer> y, @Nullable Instant at) {}

  static Stream<Arguments> arguments() {
    return Stream.of(
        Arguments.of(5L, "5"),
        Arguments.of(9007199254740991L, "9007199254740991"),
        Arguments.of(-9007199254740991L, "-9007199254740991"),
        Arguments.of(9007199254740992L, "[\"bigint\",\"9007199254740992\"]"),
        Arguments.of(Long.MIN_VALUE, "[\"bigint\",\"-9223372036854775808\"]"),
        Arguments.of(BigInteger.ONE, "[\"bigint\",\"1\"]"),
        Arguments.of(new BigDecimal("1.25"), "1.25"),
        Arguments.of(2.0, "2"),
        Arguments.of(-0.0, "0"),
        Arguments.of(0.1f, "0.1"),
        Arguments.of(1e300, "1.0E300"),
        Arguments.of('c', "\"c\""),
        Arguments.of("ü\u0001\"", "\"ü\\u0001\\\"\""),
        Arguments.of(new Date(7), "[\"date\",7]"),
        Arguments.of(Instant.ofEpochMilli(-7), "[\"date\",-7]"),
        Arguments.of(new byte[0], "[\"bytes\",\"\"]"),
        Arguments.of(Optional.of("x"), "\"x\""),
        Arguments.of(Optional.empty(), "[\"undefined\"]"),
        Arguments.of(new int[] {1, 2}, "[[1,2]]"),
        Arguments.of(DayOfWeek.MONDAY, "\"MONDAY\""),
        Arguments.of(
            new Point(1, Optional.empty(), Instant.EPOCH),
            "{\"x\":1,\"y\":null,\"at\":[\"date\",0]}"),
        Arguments.of(
            Map.of("deep", List.of(Map.of("long", 9007199254740993L))),
            "{\"deep\":[[{\"long\":[\"bigint\",\"9007199254740993\"]}]]}"));
  }

  @ParameterizedTest
  @MethodSource("arguments")
  void isSentAs(Object value, String form) {
    server.answers("[\"resolve\",1,[\"undefined\"]]");
    api().take(value);
    assertThat(server.batch())
        .isEqualTo("[\"push\",[\"pipeline\",0,[\"take\"],[" + form + "]]]\n[\"pull\",1]");
  }

  @Test
  void anInterfaceThatJacksonReadsIsData() {
    server.answers("[\"resolve\",1,{\"kind\":\"circle\",\"radius\":1.5}]");
    assertThat(api().shape()).isEqualTo(new Circle(1.5));
  }

  @Test
  void nullIsNull() {
    server.answers("[\"resolve\",1,null]");
    api().take(null, "x");
    assertThat(server.batch()).contains("[null,\"x\"]");
  }

  static Stream<Object> unsendable() {
    List<Object> deep = List.of();
    for (int i = 0; i < 300; i++) {
      deep = List.of(deep);
    }
    List<Object> cycle = new ArrayList<>();
    cycle.add(cycle);
    return Stream.of(
        new BigDecimal("0.1000000000000000055511151231257827"),
        new BigDecimal("1e400"),
        deep,
        cycle,
        "half a pair: \ud83d",
        new Object());
  }

  @ParameterizedTest
  @MethodSource("unsendable")
  void whatHasNoFormIsRefusedBeforeAnythingIsSent(Object value) {
    assertThatIllegalArgumentException().isThrownBy(() -> api().take(value));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void resultsAreReadAsTheirTypes() {
    assertThat(read("9007199254740993").number()).isEqualTo(9007199254740993L);
    assertThat(read("[\"bigint\",\"-5\"]").number()).isEqualTo(-5L);
    assertThat(read("[\"nan\"]").floating()).isNaN();
    assertThat(read("3").floating()).isEqualTo(3.0);
    assertThat(read("null").text()).isNull();
    assertThat(read("[\"undefined\"]").text()).isNull();
    assertThat(read("[\"undefined\"]").perhaps()).isEmpty();
    assertThat(read("\"x\"").perhaps()).hasValue("x");
    assertThat(read("[\"date\",5]").when()).isEqualTo(Instant.ofEpochMilli(5));
    assertThat(read("[\"date\",5]").date()).isEqualTo(new Date(5));
    assertThat(read("[\"bytes\",\"AQ\"]").bytes()).containsExactly(1);
    assertThat(read("[[[\"bigint\",\"1\"],2]]").bigs())
        .containsExactly(BigInteger.ONE, BigInteger.TWO);
    assertThat(read("\"MONDAY\"").day()).isEqualTo(DayOfWeek.MONDAY);
    assertThat(read("{\"x\":1,\"more\":2}").point())
        .isEqualTo(new Point(1, Optional.empty(), null));
    assertThat(read("{\"a\":[\"undefined\"],\"b\":[[null]]}").map())
        .containsOnlyKeys("b")
        .containsEntry("b", Collections.singletonList(null));
    assertThat(read("[\"error\",\"RangeError\",\"m\",null,{\"code\":7}]").anything())
        .isEqualTo(Map.of("name", "RangeError", "message", "m", "code", 7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"bigint\",\"9223372036854775808\"]",
        "1.5",
        "1e30",
        "\"five\"",
        "\"5\"",
        "true",
        "null",
        "[\"undefined\"]",
        "[[1]]",
        "{}"
      })
  void aLongIsNeverRoundedNorMadeUp(String form) {
    server.answers("[\"resolve\",1," + form + "]");
    WorkerDecodingException e =
        catchThrowableOfType(WorkerDecodingException.class, () -> api().number());
    assertThat(e).hasMessageContaining("number failed").hasMessageContaining("long");
    assertThat(e.delivery()).isEqualTo(Delivery.DELIVERED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"at\":[\"date\",0],\"all\":[[[\"date\",1],1]]} | {\"at\":\"1970-01-01T00:00:00Z\","
            + "\"all\":[\"1970-01-01T00:00:00.001Z\",1]}",
        "[\"date\",0]                          | \"1970-01-01T00:00:00Z\"",
        "{\"a\":[\"bytes\",\"AQI=\"]}      | {\"a\":\"AQI=\"}",
        "null                                    | null",
      })
  void aTreeIsPlainJson(String value, String json) {
    server.answers("[\"resolve\",1," + value + "]");
    assertThat(api().tree()).hasToString(json);
    server.answers("[\"resolve\",1,{\"held\":" + value + "}]");
    assertThat(api().holder().held()).hasToString(json);
  }

  @Test
  void aNumberIsNoTextAndNoFlag() {
    assertThatThrownBy(() -> read("5").text()).isInstanceOf(WorkerDecodingException.class);
    assertThatThrownBy(() -> read("1").flag()).isInstanceOf(WorkerDecodingException.class);
    assertThatThrownBy(() -> read("\"true\"").flag()).isInstanceOf(WorkerDecodingException.class);
    assertThat(read("true").flag()).isTrue();
    assertThat(read("7").small()).isEqualTo(7);
  }

  private Api read(String form) {
    server.answers("[\"resolve\",1," + form + "]");
    return api();
  }

  private Api api() {
    return Rpc.of(server.service(), Api.class);
  }
}
