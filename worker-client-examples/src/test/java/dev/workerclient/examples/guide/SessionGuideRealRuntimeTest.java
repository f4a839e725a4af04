package dev.workerclient.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import dev.workerclient.examples.InstalledWorkerd;
import dev.workerclient.rpc.RpcSession;
import dev.workerclient.workerd.WorkerdServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the sessions in docs/rpc.md, on real workerd with the official library. */
@Tag("workerd")
class SessionGuideRealRuntimeTest {
  private static final String TOKEN = "token-of-the-example-0123456789-abcdef";

  @Test
  void aSessionThroughTheBindingProxyHasObjectsAndCallbacks() {
    try (WorkerdServer workerd = start();
        WorkerClient client =
            WorkerClient.builder()
                .bindingProxy(workerd.url("proxy"), proxy -> proxy.bearerToken(TOKEN))
                .service("ORDERS")
                .build()) {
      assertThat(SessionGuide.buy(client))
          .isEqualTo(new Orders.Receipt(7, List.of("apple", "pear")));

      SessionGuide guide = new SessionGuide(client.service("ORDERS"));
      try (RpcSession session = guide.open(failure -> {})) {
        List<String> events = new CopyOnWriteArrayList<>();
        guide.watch(session.of(Orders.class), events);
        assertThat(events).containsExactly("placed", "paid", "sent");
        assertThat(session.route()).isEqualTo("binding-proxy");
      }
    }
  }

  private static WorkerdServer start() {
    return WorkerdServer.builder()
        .config(Path.of("src/test/resources/sessions/config.capnp"))
        .binary(InstalledWorkerd.path())
        .awaitSockets("http", "proxy")
        .start();
  }

  @Test
  void aSessionDoesWhatThePageSays(@TempDir Path folder) throws IOException {
    try (WorkerdServer workerd = start();
        WorkerClient client =
            WorkerClient.builder()
                .service(
                    "ORDERS",
                    own -> own.customDomain(workerd.url("http"), domain -> domain.rpcPath("/rpc")))
                .build()) {
      assertThat(SessionGuide.buy(client))
          .isEqualTo(new Orders.Receipt(7, List.of("apple", "pear")));

      SessionGuide guide = new SessionGuide(client.service("ORDERS"));
      try (RpcSession session = guide.open(failure -> {})) {
        Orders orders = session.of(Orders.class);
        List<String> events = new CopyOnWriteArrayList<>();
        guide.watch(orders, events);
        assertThat(events).containsExactly("placed", "paid", "sent");
        assertThat(guide.totals(orders)).containsExactly(10, 20);
        Path csv = folder.resolve("orders.csv");
        assertThat(guide.export(orders, csv)).isEqualTo(Files.size(csv)).isPositive();
        try (InputStream in = Files.newInputStream(csv)) {
          assertThat(orders.load(in)).isEqualTo(3);
        }
        guide.archive(orders, csv);
        assertThat(orders.archived()).isEqualTo((int) Files.size(csv));
        assertThat(guide.forward(orders, new byte[] {'p', 'd', 'f'})).isEqualTo(201);
      }
    }
  }
}
