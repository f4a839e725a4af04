package dev.workerclient.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerService;
import dev.workerclient.mockserver.MockWorkersExtension;
import dev.workerclient.mockserver.RpcCall;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.rpc.RpcPromise;
import dev.workerclient.rpc.RpcRequest;
import dev.workerclient.rpc.RpcResponse;
import dev.workerclient.rpc.RpcSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The code of the sessions in docs/rpc.md, on MockWorkers. */
class SessionGuideTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  private final FakeOrders fake = new FakeOrders();

  @Test
  void theFakePlaysTheWorker() throws Exception {
    workers.service("ORDERS").rpc(fake);
    WorkerService service = workers.client().service("ORDERS");
    CompletableFuture<Throwable> broken = new CompletableFuture<>();

    try (RpcSession session = Rpc.session(service)) {
      session.onBroken(broken::complete);
      List<String> events = new CopyOnWriteArrayList<>();
      session.of(Orders.class).watch(event -> events.add(event));
      fake.tell("paid");
      assertThat(events).containsExactly("placed", "paid");

      workers.service("ORDERS").breakSessions();
      assertThat(broken.get(10, TimeUnit.SECONDS)).hasMessageContaining("the connection broke");
    }
  }

  @Test
  void aSessionDoesWhatThePageSays(@TempDir Path folder) throws IOException {
    workers.service("ORDERS").rpc(fake).customDomain();
    SessionGuide guide = new SessionGuide(workers.client().service("ORDERS"));
    assertThat(SessionGuide.buy(workers.client()))
        .isEqualTo(new Orders.Receipt(7, List.of("apple", "pear")));
    assertThat(workers.service("ORDERS").rpcCalls()).contains(new RpcCall("add", List.of("apple")));

    try (RpcSession session = guide.open(failure -> {})) {
      Orders orders = session.of(Orders.class);
      Path csv = folder.resolve("orders.csv");
      assertThat(guide.export(orders, csv)).isEqualTo(Files.size(csv)).isPositive();
      guide.archive(orders, csv);
      assertThat(orders.archived()).isEqualTo((int) Files.size(csv));
      assertThat(guide.forward(orders, new byte[] {'p', 'd', 'f'})).isEqualTo(201);
    }
  }

  private static final class FakeOrders implements Orders {
    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();
    private volatile @Nullable Watcher watcher;

    @Override
    public Cart cart() {
      return new FakeCart(new ArrayList<>());
    }

    @Override
    public void watch(Watcher given) {
      watcher = given;
      tell("placed");
    }

    void tell(String event) {
      Objects.requireNonNull(watcher).on(event);
    }

    @Override
    public RpcPromise<List<Integer>> all() {
      return RpcPromise.of(List.of(1, 2));
    }

    @Override
    public InputStream export() {
      return new ByteArrayInputStream("id,total\n1,10\n".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int load(InputStream csv) {
      return read(csv).length;
    }

    @Override
    public OutputStream archive() {
      return archive;
    }

    @Override
    public int archived() {
      return archive.size();
    }

    @Override
    public RpcResponse forward(RpcRequest request) {
      int length = read(Objects.requireNonNull(request.body())).length;
      return new RpcResponse(length == 3 ? 201 : 400, "", Map.of(), null);
    }

    private static byte[] read(InputStream in) {
      try (in) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private record FakeCart(List<String> items) implements Orders.Cart {
    @Override
    public int add(String item) {
      items.add(item);
      return items.size();
    }

    @Override
    public Orders.Receipt order() {
      return new Orders.Receipt(7, items);
    }

    @Override
    public void close() {}
  }
}
