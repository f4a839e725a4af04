package dev.workerclient.mockserver;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs test classes that are not run by themselves, as JUnit would. */
final class Samples {
  private Samples() {}

  static EngineExecutionResults run(Class<?>... classes) {
    return run(Map.of(), classes);
  }

  static EngineExecutionResults run(Map<String, String> configuration, Class<?>... classes) {
    EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter");
    configuration.forEach(kit::configurationParameter);
    return kit.selectors(
            Stream.of(classes).map(type -> selectClass(type)).toArray(ClassSelector[]::new))
        .execute();
  }
}
