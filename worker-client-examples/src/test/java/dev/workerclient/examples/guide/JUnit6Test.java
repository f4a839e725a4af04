package dev.workerclient.examples.guide;

import static dev.workerclient.mockserver.MockAnswer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.mockserver.MockWorkers;
import dev.workerclient.mockserver.MockWorkersExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The mock as a parameter, on JUnit 6, which this module's tests run on. */
@ExtendWith(MockWorkersExtension.class)
class JUnit6Test {
  @Test
  void theMockIsAParameter(MockWorkers workers) {
    workers.service("ORDERS").binding().answers(text("ok"));
    assertThat(workers.client().service("ORDERS").get("/").execute().string()).isEqualTo("ok");
  }

  @Test
  void thisIsJUnit6() {
    assertThat(Test.class.getPackage().getImplementationVersion()).startsWith("6.");
  }
}
