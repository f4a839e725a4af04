package dev.workerclient.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkersExtension;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.SmartLifecycle;

/** What becomes of async calls that are under way when the context closes. */
class ShutdownTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  @Test
  void anAsyncCallUnderWayEndsBeforeTheClientIsClosed() {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    workers
        .service("ORDERS")
        .binding()
        .answers(
            request -> {
              asked.countDown();
              await(closing);
              return MockAnswer.text("late");
            });
    Contexts.runner()
        .withPropertyValues(
            "worker-client.binding-proxy.url=" + workers.proxyUrl(),
            "worker-client.binding-proxy.bearer-token=" + workers.proxyToken(),
            "worker-client.services.ORDERS.health-path=/health")
        .run(
            context -> {
              WorkerClient client = context.getBean(WorkerClient.class);
              CompletableFuture<String> call =
                  context.getBean(WorkerService.class).get("/").fetchAsync(String.class);
              await(asked);
              CompletableFuture<Void> closed =
                  CompletableFuture.runAsync(() -> context.getSourceApplicationContext().close());
              assertThatThrownBy(() -> closed.get(300, TimeUnit.MILLISECONDS))
                  .isInstanceOf(TimeoutException.class);
              closing.countDown();
              closed.get(10, TimeUnit.SECONDS);
              assertThat(call).isCompletedWithValue("late");
              assertThat(client.runningAsyncCalls()).isZero();
            });
  }

  @Test
  void theClientStopsAfterTheWebServer() {
    assertThat(WorkerClientLifecycle.PHASE).isLessThan(SmartLifecycle.DEFAULT_PHASE - 2048);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
