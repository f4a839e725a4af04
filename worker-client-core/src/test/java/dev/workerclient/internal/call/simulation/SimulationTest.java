package dev.workerclient.internal.call.simulation;

import static dev.workerclient.internal.call.simulation.Scenario.BACK;
import static dev.workerclient.internal.call.simulation.Scenario.DEAD;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SimulationTest {
  private static final Path PAGE = Path.of("../docs/simulation.md");
  private static final Path CHART = Path.of("../docs/simulation.svg");
  private static final Logger ROOT = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private static final Level LEVEL = ROOT.getLevel();
  private static final Simulation SIMULATION = new Simulation();

  @BeforeAll
  static void silence() {
    ROOT.setLevel(Level.OFF); // A warning a breaker, and resilience4j's line a call.
  }

  @AfterAll
  static void close() {
    SIMULATION.close();
    ROOT.setLevel(LEVEL);
  }

  @Test
  void pageAndChartAreWhatTheSimulationSays() throws IOException {
    String page = Page.text(SIMULATION);
    String chart = Chart.svg(SIMULATION);
    if (Boolean.getBoolean("write")) {
      Files.writeString(PAGE, page);
      Files.writeString(CHART, chart);
    }
    String stale = "%s is stale; write it anew as the first line of docs/simulation.md says";
    assertThat(Files.readString(PAGE)).as(stale, PAGE).isEqualTo(page);
    assertThat(Files.readString(CHART)).as(stale, CHART).isEqualTo(chart);
  }

  @Test
  void retriesAddNoLoadToADeadServiceAndItRecovers() {
    Measurements ours = SIMULATION.of(Scenario.FLEET, Policy.DEFAULTS);

    assertThat(ours.load(DEAD, BACK)).isLessThan(1.2);
    assertThat(ours.recovery()).isBetween(0, 40);
  }

  @Test
  void aNaiveLoopTriplesTheLoadAndKeepsTheServiceDown() {
    Measurements naive = SIMULATION.of(Scenario.FLEET, Policy.NAIVE);

    assertThat(naive.load(DEAD, BACK)).isBetween(2.9, 3.2);
    assertThat(naive.recovery()).isNegative();
    assertThat(SIMULATION.of(Scenario.TENTH, Policy.RETRIES).recovery()).isNegative();
  }

  @Test
  void aNaiveLoopDoesNoHarmIfTheServiceIsBackWithItsFullCapacity() {
    Scenario warm = Scenario.TENTH.withColdCapacity(Scenario.FULL_CAPACITY);

    int naive = SIMULATION.of(warm, Policy.NAIVE).recovery();
    assertThat(naive).isLessThan(SIMULATION.of(warm, Policy.FIXED).recovery());
    assertThat(SIMULATION.of(warm, Policy.DEFAULTS).recovery()).isBetween(0, naive + 2);
  }

  @Test
  void aClientThatCallsOnceInTenSecondsIsNotHeldToThat() {
    Measurements seldom = SIMULATION.of(Scenario.TENTH.withRate(0.1), Policy.DEFAULTS);

    assertThat(seldom.load(DEAD, BACK)).isGreaterThan(1.2);
  }
}
