package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.hanging;
import static dev.workerclient.TestRoute.plain;
import static dev.workerclient.TestRoute.stalled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerTimeoutException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One deadline over everything, and which of its timers fired. */
@Timeout(30)
class DeadlineTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();

  private static WorkerTimeoutException timeout(WorkerRequest request) {
    WorkerTimeoutException failure =
        catchThrowableOfType(WorkerTimeoutException.class, request::execute);
    assertThat(failure).isNotNull();
    return failure;
  }

  @Test
  void aHungRouteCostsOneAttemptTimeoutAndAGetGoesOn() {
    fleet.proxy().answers(hanging());
    fleet.domain().answers(plain(200, "{}"));

    WorkerResponse response =
        fleet.service(fleet.builder().attemptTimeout(Duration.ofMillis(300))).get("/").execute();

    assertThat(response.route()).isEqualTo("custom-domain");
    assertThat(response.attempts().get(0).failure()).isEqualTo("WORKER_TIMEOUT");
    assertThat(response.attempts().get(0).elapsed())
        .isBetween(Duration.ofMillis(300), Duration.ofMillis(1300));
  }

  @Test
  void aHungPostEndsWithTheAttemptTimer() {
    fleet.proxy().answers(hanging());

    WorkerTimeoutException failure =
        timeout(fleet.service(fleet.builder().attemptTimeout(Duration.ofMillis(200))).post("/"));

    assertThat(failure.phase()).isEqualTo(WorkerTimeoutException.Phase.ATTEMPT);
    assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
    assertThat(failure.serviceError().status()).isEqualTo(504);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @Test
  void theCallsOwnTimeoutCapsTheAttempt() {
    fleet.proxy().answers(hanging());
    long start = System.nanoTime();

    WorkerTimeoutException failure =
        timeout(fleet.service().get("/").timeout(Duration.ofMillis(250)));

    assertThat(failure.phase()).isEqualTo(WorkerTimeoutException.Phase.CALL);
    assertThat(failure.attempts()).hasSize(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1250));
  }

  @Test
  void timeThatACredentialsSupplierTakesCountsInTheDeadline() {
    fleet.proxy().answers(hanging());
    CountDownLatch never = new CountDownLatch(1);
    WorkerClient.Builder slow =
        WorkerClient.builder()
            .bindingProxy(
                fleet.proxy().url(),
                proxy ->
                    proxy.bearerToken(
                        () -> {
                          waitFor(never, Duration.ofMillis(300));
                          return "token";
                        }))
            .service("APIMOM")
            .callTimeout(Duration.ofMillis(500));
    long start = System.nanoTime();

    timeout(fleet.service(slow).post("/"));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(780));
  }

  @Test
  void noSecondAttemptStartsWhenTheDeadlineIsUp() {
    fleet.proxy().answers(hanging());
    fleet.domain().answers(plain(200, "{}"));

    timeout(fleet.service().get("/").timeout(Duration.ofMillis(250)));

    assertThat(fleet.domain().requests()).isEmpty();
  }

  @Test
  void aBodyThatStopsHalfWayIsCutByTheAttemptTimer() {
    fleet.proxy().answers(stalled(answered(200, "x".repeat(1000))));

    WorkerTimeoutException failure =
        timeout(fleet.service(fleet.builder().attemptTimeout(Duration.ofMillis(300))).post("/"));

    assertThat(failure.phase()).isEqualTo(WorkerTimeoutException.Phase.ATTEMPT);
    assertThat(failure.delivery()).isEqualTo(Delivery.DELIVERED);
  }

  @Test
  void theProxyIsToldALittleLessThanTheAttemptsLimit() {
    fleet.proxy().answers(answered(200, "{}"));
    WorkerService service = fleet.service(fleet.builder().attemptTimeout(Duration.ofSeconds(3)));

    service.get("/").execute();
    service.get("/").timeout(Duration.ofMillis(150)).execute();
    service.get("/").executeStreaming().close();

    List<String> sent =
        fleet.proxy().requests().stream()
            .map(request -> String.valueOf(request.getHeaders().get("Binding-Proxy-Timeout-Ms")))
            .toList();
    assertThat(sent.get(0)).isEqualTo("2900;headers");
    assertThat(sent.get(1)).matches("(6\\d|7[0-5]);headers");
    assertThat(sent.get(2)).isEqualTo("2900;headers");
  }

  @Test
  void aConnectionThatNobodyTakesEndsWithTheConnectTimer() throws Exception {
    // A full accept queue: the kernel drops further handshakes.
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Connections filler = Connections.fill(full)) {
      fleet.domain().answers(plain(200, "{}"));
      WorkerClient.Builder builder =
          WorkerClient.builder()
              .bindingProxy("http://127.0.0.1:" + full.getLocalPort())
              .service("APIMOM", service -> service.customDomain(fleet.domain().url()))
              .connectTimeout(Duration.ofMillis(200));

      WorkerResponse response = fleet.service(builder).post("/v1/orders").execute();

      assertThat(filler.count()).isPositive();
      assertThat(response.attempts().get(0).failure()).isEqualTo("WORKER_TIMEOUT");
      assertThat(response.attempts().get(0).message()).contains("connectTimeout");
      assertThat(response.attempts().get(0).delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThat(response.route()).isEqualTo("custom-domain");
    }
  }

  @Test
  void waitingForAPlaceCountsInTheDeadline() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    fleet
        .proxy()
        .answers(
            request -> {
              await(release);
              return answered(200, "{}");
            });
    WorkerService service = fleet.service(fleet.builder().maxConcurrentCalls(1));
    CompletableFuture<WorkerResponse> first = service.get("/first").executeAsync();

    CompletableFuture<WorkerResponse> second =
        service.get("/second").timeout(Duration.ofMillis(100)).executeAsync();
    ExecutionException failure =
        catchThrowableOfType(ExecutionException.class, () -> second.get(5, TimeUnit.SECONDS));
    release.countDown();

    WorkerTimeoutException timeout =
        (WorkerTimeoutException) Objects.requireNonNull(failure.getCause());
    assertThat(timeout.phase()).isEqualTo(WorkerTimeoutException.Phase.QUEUE);
    assertThat(timeout.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
    assertThat(timeout.attempts()).isEmpty();
    assertThat(first.get(5, TimeUnit.SECONDS).status()).isEqualTo(200);
    assertThat(fleet.proxy().requests()).hasSize(1);
  }

  @Test
  void aTlsHandshakeThatHangsIsBoundedAndNothingWasSent() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      WorkerClient.Builder builder =
          WorkerClient.builder()
              .service(
                  "APIMOM",
                  service -> service.customDomain("https://127.0.0.1:" + silent.getLocalPort()))
              .okHttpClient(
                  new OkHttpClient.Builder().protocols(List.of(Protocol.HTTP_1_1)).build())
              .attemptTimeout(Duration.ofMillis(300));

      WorkerTimeoutException failure = timeout(fleet.service(builder).post("/v1/orders"));

      assertThat(failure.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThat(failure).hasMessageContaining("before anything was sent");
    }
  }

  private static void await(CountDownLatch latch) {
    assertThat(waitFor(latch, Duration.ofSeconds(10))).isTrue();
  }

  private static boolean waitFor(CountDownLatch latch, Duration time) {
    try {
      return latch.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Connections that fill a server's accept queue. */
  private static final class Connections implements AutoCloseable {
    private final java.util.ArrayList<java.net.Socket> sockets = new java.util.ArrayList<>();

    static Connections fill(ServerSocket server) throws IOException {
      Connections filler = new Connections();
      while (filler.sockets.size() < 64) {
        java.net.Socket socket = new java.net.Socket();
        filler.sockets.add(socket);
        try {
          socket.connect(server.getLocalSocketAddress(), 200);
        } catch (java.net.SocketTimeoutException e) {
          return filler;
        }
      }
      throw new IllegalStateException("the accept queue takes everything");
    }

    int count() {
      return sockets.size();
    }

    @Override
    public void close() throws IOException {
      for (java.net.Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
