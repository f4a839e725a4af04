package dev.workerclient.mockserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.mockserver.workerd.Installed;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The count that others rest on is exact. */
@Tag("workerd")
class LedgerRealRuntimeTest {
  private static final int IDS = 200;
  private static final int TIMES = 4;

  @ParameterizedTest
  @MethodSource("dev.workerclient.mockserver.workerd.Installed#all")
  void runsByBothWaysAtOnceAreCountedTogetherAndNoneIsLost(Installed runtime) {
    try (LedgerFleet fleet = LedgerFleet.on(runtime)) {
      IntStream.range(0, IDS * TIMES)
          .parallel()
          .forEach(
              i -> {
                String id = "id" + i % IDS;
                if (i / IDS % 2 == 0) {
                  fleet.runByProxy(id);
                } else {
                  fleet.runDirectly(id);
                }
              });
      Map<String, Integer> exact =
          IntStream.range(0, IDS).boxed().collect(Collectors.toMap(i -> "id" + i, i -> TIMES));
      assertThat(fleet.runs()).isEqualTo(exact);
    }
  }
}
