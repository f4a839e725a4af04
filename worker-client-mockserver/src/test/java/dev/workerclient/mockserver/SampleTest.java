package dev.workerclient.mockserver;

import static dev.workerclient.mockserver.MockAnswer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The test that the documentation shows. */
class SampleTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  @Test
  void fallsBackWhenTheBindingIsGone() {
    workers.service("APIMOM").binding().fails(Fault.bindingMissing());
    workers.service("APIMOM").customDomain().answers(json("{\"ok\":true}"));
    WorkerClient client = workers.client();

    WorkerResponse response = client.service("APIMOM").get("/v1/capabilities").execute();

    assertThat(response.string()).isEqualTo("{\"ok\":true}");
    assertThat(response.route()).isEqualTo("custom-domain");
    assertThat(workers.service("APIMOM").customDomain().requests()).hasSize(1);
    assertThat(workers.service("APIMOM").executions()).isEqualTo(1);
  }
}
