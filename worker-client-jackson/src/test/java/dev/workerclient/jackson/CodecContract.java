package dev.workerclient.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.workerclient.BodyCodec;
import dev.workerclient.TypeRef;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a JSON codec without settings of one's own does, whichever Jackson it is made of. */
public abstract class CodecContract {
  private final BodyCodec codec;
  private final String library;

  /**
   * Makes the tests of a codec.
   *
   * @param library the package of its library
   */
  protected CodecContract(BodyCodec codec, String library) {
    this.codec = codec;
    this.library = library;
  }

  record Item(String sku, int count) {}

  record Order(String id, List<Item> items, BigDecimal total) {}

  record Times(Instant at, Duration took, LocalDate day, OffsetDateTime sent) {}

  record Positive(int value) {
    Positive {
      if (value < 0) {
        throw new IllegalStateException("value is negative");
      }
    }
  }

  record Broken(String name) {
    @Override
    public String name() {
      throw new IllegalStateException("no name yet");
    }
  }

  record Holder(Object value) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  interface ByClass {}

  static final class Gadget implements ByClass {
    static final AtomicInteger MADE = new AtomicInteger();

    public Gadget() {
      MADE.incrementAndGet();
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes(@JsonSubTypes.Type(value = Circle.class, name = "circle"))
  sealed interface Shape permits Circle {}

  record Circle(int radius) implements Shape {}

  @Test
  void recordRoundTrips() throws IOException {
    Order order =
        new Order("o-1 ✓", List.of(new Item("a", 1), new Item("b", 2)), new BigDecimal("19.90"));

    assertThat(codec.decode(codec.encode(order), Order.class)).isEqualTo(order);
  }

  @Test
  void genericTypeIsRead() throws IOException {
    Type type = new TypeRef<Map<String, List<Item>>>() {}.type();

    assertThat(decode("{\"x\":[{\"sku\":\"a\",\"count\":1}]}", type))
        .isEqualTo(Map.of("x", List.of(new Item("a", 1))));
  }

  @Test
  void unknownPropertyIsIgnored() throws IOException {
    assertThat(decode("{\"sku\":\"a\",\"colour\":\"red\",\"count\":1}", Item.class))
        .isEqualTo(new Item("a", 1));
  }

  @Test
  void javaTimeIsIsoTextAndKeepsItsOffset() throws IOException {
    Times times =
        new Times(
            Instant.parse("2026-11-17T10:15:30.123456789Z"),
            Duration.ofMillis(1500),
            LocalDate.of(2026, 11, 17),
            OffsetDateTime.parse("2026-11-17T10:15:30+02:00"));

    byte[] json = codec.encode(times);

    assertThat(new String(json, UTF_8))
        .isEqualTo(
            "{\"at\":\"2026-11-17T10:15:30.123456789Z\",\"took\":\"PT1.5S\","
                + "\"day\":\"2026-11-17\",\"sent\":\"2026-11-17T10:15:30+02:00\"}");
    assertThat(codec.decode(json, Times.class)).isEqualTo(times);
  }

  @Test
  void jsonNullIsNull() throws IOException {
    assertThat(decode("null", Order.class)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "[1", "{\"id\":\"a\"} {}", "{} x", "\u0000", "<html>"})
  void whatIsNotOneJsonValueIsRefused(String body) {
    assertThatThrownBy(() -> decode(body, Order.class)).isInstanceOf(IOException.class);
  }

  @Test
  void failureSaysWhereInOneLineAndDoesNotQuoteTheBody() {
    String body =
        "{\"id\":\"secret-1\",\n\"items\":[{\"sku\":\"secret-2\",\"count\":\"x\\n\u202eCaused by\"}]}";

    assertThatThrownBy(() -> decode(body, Order.class))
        .isInstanceOf(IOException.class)
        .hasNoCause()
        .hasMessageContaining("at line 2, column ")
        .hasMessageEndingWith(", in items[0].count")
        .hasMessageNotContainingAny("secret", "Source", "\n", "\u202e");
  }

  @Test
  void brokenJsonWithinAValueHasTheStackOfJacksonButNotItsExceptions() {
    assertThatThrownBy(() -> decode("{\"id\":\"a\",\"items\":[{\"sku\":}]}", Order.class))
        .isExactlyInstanceOf(IOException.class)
        .hasNoCause()
        .satisfies(e -> assertThat(e.getStackTrace()[0].getClassName()).startsWith(library));
  }

  @Test
  void longTextInAFailureIsCut() {
    assertThatThrownBy(() -> decode("\"" + "x".repeat(10_000) + "\"", int.class))
        .isInstanceOf(IOException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
  }

  @Test
  void whatAConstructorThrowsIsTheCause() {
    assertThatThrownBy(() -> decode("{\"value\":-1}", Positive.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Positive")
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("value is negative");
  }

  @Test
  void whatAGetterThrowsIsTheCause() {
    assertThatThrownBy(() -> codec.encode(new Broken("x")))
        .isInstanceOf(IOException.class)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no name yet");
  }

  @Test
  void typeThatIsNoneIsAnIoException() {
    Type unheardOf =
        new Type() {
          @Override
          public String toString() {
            return "unheard-of";
          }
        };

    assertThatThrownBy(() -> decode("{}", unheardOf))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("unheard-of");
  }

  @Test
  void numberThatJacksonTripsOverIsAnIoException() {
    assertThatThrownBy(() -> decode("1e99999999999", BigDecimal.class))
        .isInstanceOf(IOException.class);
  }

  @Test
  void valueThatContainsItselfIsAnIoException() {
    List<Object> self = new ArrayList<>();
    self.add(self);

    assertThatThrownBy(() -> codec.encode(self)).isInstanceOf(IOException.class);
  }

  @Test
  void nestingOfWhatIsWrittenIsBounded() throws IOException {
    Object value = List.of();
    for (int depth = 1; depth < 256; depth++) {
      value = List.of(value);
    }
    Object deepest = value;

    assertThat(codec.encode(deepest)).hasSize(512);
    assertThatThrownBy(() -> codec.encode(List.of(deepest))).isInstanceOf(IOException.class);
  }

  @Test
  void nestingIsBounded() throws IOException {
    assertThat(decode(nested(256), Object.class)).isNotNull();
    assertThatThrownBy(() -> decode(nested(257), Object.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("256");
    assertThatThrownBy(() -> decode("[".repeat(1_000_000), Object.class))
        .isInstanceOf(IOException.class);
  }

  @Test
  void stringsNamesAndNumbersAreBounded() {
    String string = "\"" + "x".repeat(32 * 1024 * 1024 + 1) + "\"";
    String name = "{\"" + "x".repeat(10_001) + "\":1}";
    String number = "1".repeat(1_001);

    for (String body : List.of(string, name, number)) {
      assertThatThrownBy(() -> decode(body, Object.class))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("exceeds the maximum");
    }
  }

  @Test
  void namedClassInAPayloadIsJustText() throws IOException {
    int before = Gadget.MADE.get();
    String gadget = Gadget.class.getName();

    assertThat(decode("{\"value\":[\"" + gadget + "\",{}]}", Holder.class))
        .isEqualTo(new Holder(List.of(gadget, Map.of())));
    assertThat(decode("{\"@class\":\"" + gadget + "\"}", Object.class))
        .isEqualTo(Map.of("@class", gadget));
    assertThatThrownBy(() -> decode("{\"@class\":\"" + gadget + "\"}", ByClass.class))
        .isInstanceOf(IOException.class);
    assertThat(Gadget.MADE).hasValue(before);
  }

  @Test
  void subtypeIsChosenByItsDeclaredName() throws IOException {
    assertThat(decode("{\"kind\":\"circle\",\"radius\":3}", Shape.class)).isEqualTo(new Circle(3));
  }

  /** Reads it from bytes and from a stream, which must make no difference. */
  private @Nullable Object decode(String json, Type type) throws IOException {
    byte[] bytes = json.getBytes(UTF_8);
    @Nullable Object value;
    try {
      value = codec.decode(bytes, type);
    } catch (IOException e) {
      assertThatThrownBy(() -> codec.decode(new ByteArrayInputStream(bytes), type))
          .isExactlyInstanceOf(e.getClass())
          .hasMessage(e.getMessage());
      throw e;
    }
    assertThat(codec.decode(new ByteArrayInputStream(bytes), type)).isEqualTo(value);
    return value;
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }
}
