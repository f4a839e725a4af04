package dev.workerclient.mockserver.workerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.RetryOptions;
import dev.workerclient.WorkerClient;
import dev.workerclient.error.WorkerException;
import dev.workerclient.mockserver.Style;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same tests on MockWorkers and on each real runtime: the mock tells no tales. */
@Tag("workerd")
@ParameterizedClass(name = "{0}")
@MethodSource("ways")
class BothWaysRealRuntimeTest {
  private final Ways ways;

  BothWaysRealRuntimeTest(Supplier<Ways> ways) {
    this.ways = ways.get();
  }

  static Stream<Named<Supplier<Ways>>> ways() {
    return Stream.concat(
        Stream.of(Named.of("MockWorkers", MockWays::new)),
        Installed.all().map(runtime -> Named.of(runtime.name(), () -> new RealWays(runtime))));
  }

  @AfterEach
  void close() {
    ways.close();
  }

  static Stream<Arguments> troubles() {
    return Arrays.stream(Trouble.values())
        .flatMap(trouble -> Stream.of(Style.values()).map(style -> Arguments.of(trouble, style)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("troubles")
  void aPostComesToTheSameEnd(Trouble trouble, Style style) {
    try (WorkerClient client = client(trouble)) {
      WorkerException e =
          catchThrowableOfType(
              WorkerException.class,
              () -> style.execute(trouble.post(client.service(trouble.service))).orThrow());
      assertThat(e).isExactlyInstanceOf(trouble.exception());
      assertThat(e.delivery()).isEqualTo(trouble.delivery());
      assertThat(e.attempts())
          .singleElement()
          .satisfies(
              attempt ->
                  assertThat(attempt.route())
                      .isEqualTo(trouble.isOnDomain() ? "custom-domain" : "binding-proxy"));
    }
    assertThat(ways.runs(trouble)).isEqualTo(trouble.runs());
  }

  private WorkerClient client(Trouble trouble) {
    return ways.client(trouble)
        .retry(RetryOptions.disabled())
        .attemptTimeout(trouble.attemptTimeout())
        .build();
  }
}
