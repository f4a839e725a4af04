package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.CharBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Query parameters of any single value, and maps of them. */
class QueryTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();

  private String sent(WorkerRequest request) {
    fleet.proxy().answers(answered(200, ""));
    WorkerResponse unused = request.execute();
    return fleet.proxy().requests().get(0).getTarget();
  }

  record OrderId(int value) {
    @Override
    public String toString() {
      return "o-" + value;
    }
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("a b&c=d", "a%20b%26c%3Dd"),
        Arguments.of(7, "7"),
        Arguments.of(-1.5, "-1.5"),
        Arguments.of(true, "true"),
        Arguments.of('ü', "%C3%BC"),
        Arguments.of(TimeUnit.DAYS, "DAYS"),
        Arguments.of(new UUID(1, 2), "00000000-0000-0001-0000-000000000002"),
        Arguments.of(LocalDate.of(2026, 11, 29), "2026-11-29"),
        Arguments.of(Instant.EPOCH, "1970-01-01T00%3A00%3A00Z"),
        Arguments.of(Duration.ofSeconds(90), "PT1M30S"),
        Arguments.of(Path.of("a", "b"), "a%2Fb"),
        Arguments.of(CharBuffer.wrap("x@y"), "x%40y"),
        Arguments.of(new OrderId(4), "o-4"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void aSingleValueIsSentAsItsText(Object value, String encoded) {
    WorkerService service = fleet.service();

    assertThat(sent(service.get("/").query("q", value))).isEqualTo("/?q=" + encoded);
    assertThat(sent(service.get("/").query(Map.of("q", value)))).isEqualTo("/?q=" + encoded);
    assertThat(fleet.proxy().requests().get(1).getTarget()).isEqualTo("/?q=" + encoded);
  }

  static Stream<Arguments> misfits() {
    return Stream.of(
            List.of("a"),
            Set.of(),
            Map.of("a", 1),
            new String[] {"a"},
            new int[] {1},
            Optional.of("a"),
            OptionalInt.empty(),
            List.of("a").iterator(),
            Stream.of("a"),
            (Supplier<String>) () -> "a",
            new Object())
        .map(value -> Arguments.of(value));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void whatIsNotASingleValueIsRefused(Object value) {
    WorkerService service = fleet.service();
    WorkerRequest get = service.get("/");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> get.query("q", value))
        .withMessageContaining("the value of parameter q is a")
        .withMessageContaining("write one value, or a Map with a list");
    assertThatIllegalArgumentException().isThrownBy(() -> get.query(Map.of("q", List.of(value))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> service.get("/v1/{id}", value))
        .withMessageContaining("for {id}; write one value");
    assertThat(sent(get.query("q", 1))).as("nothing of them was added").isEqualTo("/?q=1");
  }

  @Test
  void aMapKeepsItsOrderAndAnIterableRepeatsTheName() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("z", List.of(1, 2));
    parameters.put("none", Set.of());
    parameters.put("a", "x y");
    WorkerRequest request =
        fleet.service().get("/").query("first", "1").query(parameters).query("last", "2");

    assertThat(sent(request)).isEqualTo("/?first=1&z=1&z=2&a=x%20y&last=2");
  }

  @Test
  void anEmptyMapAddsNothing() {
    assertThat(sent(fleet.service().get("/").query(Map.of()))).isEqualTo("/");
    assertThat(sent(fleet.service().get("/").query(Map.of()).query("a", 1))).isEqualTo("/");
    assertThat(fleet.proxy().requests().get(1).getTarget()).isEqualTo("/?a=1");
  }

  @Test
  @SuppressWarnings("NullAway") // What a caller without nullness checks does.
  void nullIsRefusedByName() {
    WorkerRequest request = fleet.service().get("/");
    Map<String, Object> withNull = new LinkedHashMap<>();
    withNull.put("a", 1);
    withNull.put("b", null);

    assertThatNullPointerException()
        .isThrownBy(() -> request.query("a", (Object) null))
        .withMessage("value");
    assertThatNullPointerException()
        .isThrownBy(() -> request.query(withNull))
        .withMessageContaining("the value of b is null; take it out of the map");
    assertThatNullPointerException()
        .isThrownBy(() -> request.query(Map.of("b", Arrays.asList("x", null))))
        .withMessageContaining("the value of b is null");
    assertThat(sent(request)).isEqualTo("/");
  }
}
