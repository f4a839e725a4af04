package dev.workerclient.mockserver.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeededFaultPlanTest {
  private static final List<String> LINES =
      IntStream.range(0, 10_000).mapToObj(i -> "GET /?id=" + i + " HTTP/1.1").toList();

  @Test
  void oneSeedGivesEachRequestTheSameFaultInWhateverOrderTheyCome() {
    List<String> reversed = new ArrayList<>(LINES);
    Collections.reverse(reversed);
    assertThat(drawn(plan(7), reversed)).isEqualTo(drawn(plan(7), LINES));
    assertThat(drawn(plan(8), LINES)).isNotEqualTo(drawn(plan(7), LINES));
  }

  @Test
  void aRequestThatComesAgainDrawsAnew() {
    SeededFaultPlan plan = plan(7);
    assertThat(drawn(plan, LINES)).isNotEqualTo(drawn(plan, LINES));
  }

  @Test
  void faultsComeAtTheirRates() {
    Map<String, String> drawn = drawn(plan(7), LINES);
    assertThat(count(drawn, "Blackhole")).isCloseTo(1000, within(150));
    assertThat(count(drawn, "CutResponse")).isCloseTo(2000, within(200));
    assertThat(count(drawn, "None")).isCloseTo(7000, within(250));
  }

  private static SeededFaultPlan plan(long seed) {
    return new SeededFaultPlan(seed)
        .add(0.1, random -> new Faults.Blackhole())
        .add(0.2, random -> new Faults.CutResponse(random.nextInt(1000)));
  }

  private static Map<String, String> drawn(FaultPlan plan, List<String> lines) {
    Map<String, String> drawn = new TreeMap<>();
    lines.forEach(line -> drawn.put(line, plan.next(line).toString()));
    return drawn;
  }

  private static int count(Map<String, String> drawn, String fault) {
    return (int) drawn.values().stream().filter(name -> name.startsWith(fault)).count();
  }
}
