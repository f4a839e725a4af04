package dev.workerclient.examples.orders;

import dev.workerclient.WorkerClient;
import dev.workerclient.examples.InstalledWorkerd;
import dev.workerclient.workerd.WorkerdServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** The contract on the Worker itself, which the real runtime runs. */
@Tag("workerd")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderDeskRealRuntimeTest implements OrderDeskContract {
  private static final Path WORKER = Path.of("src/test/resources/orders/worker.js");

  private WorkerdServer workerd;
  private WorkerClient client;

  @BeforeAll
  void start() {
    workerd = WorkerdServer.builder().script(WORKER).binary(InstalledWorkerd.path()).start();
    client =
        WorkerClient.builder()
            .service("ORDERS", service -> service.customDomain(workerd.url()))
            .build();
  }

  @AfterAll
  void stop() {
    if (client != null) { // Else it was skipped.
      client.close();
      workerd.close();
    }
  }

  @Override
  public OrderDesk desk() {
    return new OrderDesk(client);
  }
}
