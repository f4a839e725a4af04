package dev.workerclient.spring.boot.test;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkers;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;

/** A test that scripts what it does not call fails. */
class StrictnessTest {
  @Test
  void aScriptThatIsNotUsedFailsTheTest() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(Unused.class))
        .execute()
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            event(test("scripted"), finishedWithFailure(message(text -> text.contains("ORDERS")))));
  }

  @SpringBootTest(
      webEnvironment = WebEnvironment.NONE,
      properties = "worker-client.services.ORDERS.custom-domain.url=https://orders.example.com")
  @AutoConfigureMockWorkers
  static class Unused {
    @Autowired MockWorkers workers;

    @Test
    void scripted() {
      workers.service("ORDERS").customDomain().answers(MockAnswer.text("never asked"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class App {}
  }
}
