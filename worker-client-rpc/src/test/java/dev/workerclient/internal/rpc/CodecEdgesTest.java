package dev.workerclient.internal.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializerBase;
import dev.workerclient.internal.rpc.Message.Kind;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values, messages and answers at the limits of what they may be. */
@SuppressWarnings("JavaUtilDate")
class CodecEdgesTest {
  private static final long LAST_SECOND = 8_640_000_000_000L; // Of JavaScript's Date.

  private final ValueMapper values = new ValueMapper(List.of(Live.class));

  /** What a tree holds as it is. */
  private record Live(int id) {}

  private String written(Object value) {
    String line =
        MessageText.of(
            "push",
            out ->
                new ExpressionWriter(
                        out, (reference, to) -> to.writeNumber(((Live) reference).id()))
                    .write(values.tree(value)));
    return line.substring("[\"push\",".length(), line.length() - 1);
  }

  private static JsonNode read(String expression) throws ProtocolException {
    return Answers.read("[\"resolve\",1," + expression + "]").value(1);
  }

  private static String nested(String begin, String end, int depth) {
    return begin.repeat(depth) + "1" + end.repeat(depth);
  }

  @Test
  void aDateIsUpToTheLastOfJavaScript() throws Exception {
    assertThat(written(Instant.ofEpochSecond(LAST_SECOND)))
        .isEqualTo("[\"date\",8640000000000000]");
    assertThat(value("[\"date\",8640000000000000]", Instant.class))
        .isEqualTo(Instant.ofEpochSecond(LAST_SECOND));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> written(Instant.ofEpochSecond(LAST_SECOND).plusMillis(1)));
    assertThatThrownBy(() -> read("[\"date\",8640000000000001]"))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void aDateIsWrittenFromEachOfItsClasses() {
    assertThat(written(new Date(7))).isEqualTo("[\"date\",7]");
    assertThat(written(Instant.ofEpochMilli(7))).isEqualTo("[\"date\",7]");
  }

  @Test
  void aDateWithAnOffsetIsReadFromADateAndFromText() throws Exception {
    Instant noon = Instant.parse("2026-11-01T12:00:00Z");
    String millis = "[\"date\"," + noon.toEpochMilli() + "]";
    String text = "\"2026-11-01T13:00:00+01:00\"";

    assertThat(value(millis, OffsetDateTime.class)).isEqualTo(noon.atOffset(ZoneOffset.UTC));
    assertThat(value(text, OffsetDateTime.class))
        .isEqualTo(OffsetDateTime.parse("2026-11-01T13:00:00+01:00"));
    assertThat(value(millis, ZonedDateTime.class)).isEqualTo(noon.atZone(ZoneOffset.UTC));
    assertThat(value(text, ZonedDateTime.class))
        .isEqualTo(ZonedDateTime.parse("2026-11-01T13:00:00+01:00"));
  }

  @ParameterizedTest
  @ValueSource(classes = {Instant.class, Date.class, OffsetDateTime.class})
  void anotherValueIsNotADate(Class<?> type) {
    String form = type == OffsetDateTime.class ? "7" : "\"2026-11-01T12:00:00Z\"";

    assertThatThrownBy(() -> value(form, type)).isInstanceOf(JsonProcessingException.class);
  }

  private @Nullable Object value(String expression, Class<?> type) throws Exception {
    return values.value(read(expression), values.type(type));
  }

  @Test
  void theLargestWholeNumberOfADoubleIsWrittenInDigits() {
    assertThat(written(9007199254740991.0)).isEqualTo("9007199254740991");
    assertThat(written(9007199254740992.0)).isEqualTo("9.007199254740992E15");
  }

  @Test
  void anUnsignedZeroIsZero() throws Exception {
    assertThat(read("[\"bytes\",\"AAAAAAAAAAA\",\"BigUint64Array\"]").get(0).bigIntegerValue())
        .isEqualTo(BigInteger.ZERO);
  }

  @Test
  void textBeyondTheFirst65536CharactersOfUnicodeIsWrittenWhole() {
    assertThat(written(Map.of("😀", "a😀😀b"))).isEqualTo("{\"😀\":\"a😀😀b\"}");
  }

  @Test
  void anObjectIs256LevelsDeepAtMost() throws Exception {
    Object deepest = 1;
    for (int depth = 0; depth < 256; depth++) {
      deepest = Map.of("a", deepest);
    }
    Map<String, Object> deeper = Map.of("a", deepest);

    assertThat(written(deepest)).isEqualTo(nested("{\"a\":", "}", 256));
    assertThatIllegalArgumentException().isThrownBy(() -> written(deeper));
    assertThat(read(nested("{\"a\":", "}", 256))).isNotNull();
    assertThatThrownBy(() -> read(nested("{\"a\":", "}", 257)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("deeper than 256");
  }

  @Test
  void promisesThatLeadToPromisesCountAsDepth() throws Exception {
    assertThat(Answers.read(promises(200)).value(1).intValue()).isEqualTo(7);
    Answers more = Answers.read(promises(300));
    assertThatThrownBy(() -> more.value(1))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("deeper than 256");
  }

  private static String promises(int count) {
    StringBuilder lines = new StringBuilder("[\"resolve\",1,[\"promise\",-1]]\n");
    for (int i = 1; i < count; i++) {
      lines.append("[\"resolve\",-" + i + ",[\"promise\",-" + (i + 1) + "]]\n");
    }
    return lines + "[\"resolve\",-" + count + ",7]";
  }

  @Test
  void causesOfAnErrorAreReadToThatDepth() throws Exception {
    String error =
        "[\"error\",\"Error\",\"no\",null,{\"cause\":".repeat(300) + "1" + "}]".repeat(300);
    JsonNode cause = Answers.read("[\"reject\",1," + error + "]").error(1).properties();

    int depth = 0;
    while (cause.has("cause")) {
      cause = cause.get("cause");
      depth++;
    }
    assertThat(depth).isEqualTo(256);
  }

  @Test
  void whatATreeHoldsAsItIsIsWrittenByItsReferences() {
    assertThat(written(List.of(new Live(5)))).isEqualTo("[[5]]");
  }

  @Test
  void textIsWrittenAsAModuleHasIt() {
    SimpleModule loud = new SimpleModule();
    loud.addSerializer(
        String.class,
        new ToStringSerializerBase(String.class) {
          private static final long serialVersionUID = 1L;

          @Override
          public String valueToString(Object value) {
            return value + "!";
          }
        });

    assertThat(new ValueMapper(List.of(), loud).tree("x").textValue()).isEqualTo("x!");
    assertThat(values.tree("x").textValue()).isEqualTo("x");
  }

  @Test
  void blankLinesOfAnAnswerAreSkipped() throws Exception {
    Answers answers = Answers.read("\n[\"resolve\",1,7]\n\n[\"resolve\",2,8]\n");

    assertThat(answers.value(1).intValue()).isEqualTo(7);
    assertThat(answers.value(2).intValue()).isEqualTo(8);
  }

  @Test
  void aMessageOfAnotherKindSettlesNoCall() throws Exception {
    assertThat(Answers.read("[\"release\",1,1]").isRejected(1)).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"PUSH", "STREAM", "PIPE", "ABORT"})
  void aMessageWithoutIdHasAValue(Kind kind) throws Exception {
    String name = kind.name().toLowerCase(Locale.ROOT);

    Message text = Message.read("[\"" + name + "\",\"x\"]");
    assertThat(text.kind()).isEqualTo(kind);
    assertThat(text.id()).isZero();
    assertThat(text.value()).hasToString("\"x\"");
    assertThat(Message.read("[\"" + name + "\",[1,{}]]").value()).hasToString("[1,{}]");
  }

  @ParameterizedTest
  @CsvSource({"pull,''", "release,',2'", "resolve,',2'", "reject,',2'"})
  void aMessageAboutAnIdHasIt(String name, String value) throws Exception {
    Message message = Message.read("[\"" + name + "\",-9000000000" + value + "]");

    assertThat(message.kind()).isEqualTo(Kind.valueOf(name.toUpperCase(Locale.ROOT)));
    assertThat(message.id()).isEqualTo(-9_000_000_000L);
    assertThat(message.value()).isNotNull();
    assertThat(message.value().isMissingNode()).isEqualTo(value.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\"push\",1,2]", "[\"push\",1]x", "[\"push\",{]", "[\"push\",1] 2"})
  void aMessageWhoseValueCannotBeReadHasNone(String text) throws Exception {
    assertThat(Message.read(text).value()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[1]",
        "[\"jump\",1]",
        "[\"pull\"]",
        "[\"pull\",\"1\"]",
        "[\"pull\",1.5]"
      })
  void whatIsNotAMessageIsRefused(String text) {
    assertThatThrownBy(() -> Message.read(text)).isInstanceOf(ProtocolException.class);
  }
}
