package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.ServiceError;
import dev.workerclient.health.BreakerState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code client.warmUp()} sends, opens and leaves alone. */
@Timeout(60)
class WarmUpTest {
  private static final String BINDINGS = "diagnose;bindings";

  private final AtomicInteger connections = new AtomicInteger();
  private final List<TestRoute> routes = new ArrayList<>();
  private final List<WorkerClient> clients = new ArrayList<>();

  @AfterEach
  void close() {
    clients.forEach(WorkerClient::close);
    routes.forEach(TestRoute::close);
  }

  private TestRoute server(boolean http2) {
    TestRoute route = TlsRoute.start(http2);
    routes.add(route);
    return route;
  }

  private WorkerClient client(Consumer<WorkerClient.Builder> options) {
    WorkerClient.Builder builder =
        WorkerClient.builder().okHttpClient(TlsRoute.client(connections));
    options.accept(builder);
    WorkerClient client = builder.build();
    clients.add(client);
    return client;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theFirstCallOfEachRouteOpensNoConnection(boolean http2) {
    TestRoute proxy = server(http2).answers(answered(503, "{}"));
    TestRoute domain = server(http2).answers(plain(200, "{}"));
    WorkerClient client =
        client(
            builder ->
                builder
                    .bindingProxy(TlsRoute.url(proxy))
                    .service("ORDERS", orders -> orders.customDomain(TlsRoute.url(domain)))
                    .service("CATALOG"));

    assertThat(client.warmUp()).isEmpty();

    assertThat(connections).hasValue(2);
    assertThat(client.service("CATALOG").post("/v1/orders").execute().status()).isEqualTo(503);
    proxy.answers(TestRoute.bindingMissing());
    WorkerResponse byDomain = client.service("ORDERS").get("/v1/orders").execute();
    assertThat(byDomain.route()).isEqualTo("custom-domain");
    assertThat(byDomain.attempts()).hasSize(2);
    assertThat(connections).hasValue(2);
    assertThat(connectionsOf(proxy)).containsOnly(0);
    assertThat(connectionsOf(domain)).containsOnly(0);
  }

  private static List<Integer> connectionsOf(TestRoute route) {
    return route.requests().stream().map(RecordedRequest::getConnectionIndex).toList();
  }

  @Test
  void withoutAHealthPathNothingReachesTheTarget() {
    TestRoute proxy = server(true).answers(plain(401, "{}"));
    TestRoute domain = server(true).answers(plain(404, "{}"));
    WorkerClient client =
        client(
            builder ->
                builder
                    .bindingProxy(TlsRoute.url(proxy), access -> access.bearerToken("t0ken"))
                    .service(
                        "ORDERS",
                        orders -> orders.customDomain(TlsRoute.url(domain) + "/gateway/v1"))
                    .service("CATALOG"));

    assertThat(client.warmUp()).isEmpty();

    RecordedRequest toProxy = only(proxy);
    assertThat(toProxy.getHeaders().get("Binding-Proxy-Op")).isEqualTo(BINDINGS);
    assertThat(toProxy.getHeaders().get("Binding-Proxy-Target")).isEqualTo("ORDERS");
    assertThat(toProxy.getHeaders().get("Binding-Proxy-Authorization")).isEqualTo("Bearer t0ken");
    assertThat(only(domain).getRequestLine()).startsWith("GET /cdn-cgi/trace ");
  }

  private static RecordedRequest only(TestRoute route) {
    assertThat(route.requests()).hasSize(1);
    return route.requests().get(0);
  }

  @Test
  void aHealthPathIsAskedByEachRoute() {
    TestRoute proxy = server(true).answers(answered(200, "{}"));
    TestRoute domain = server(true).answers(plain(500, "{}"));
    WorkerClient client =
        client(
            builder ->
                builder
                    .bindingProxy(TlsRoute.url(proxy))
                    .service("CATALOG")
                    .service(
                        "ORDERS",
                        orders ->
                            orders
                                .customDomain(TlsRoute.url(domain) + "/gateway")
                                .healthPath("/v1/health")));

    assertThat(client.warmUp()).isEmpty();

    assertThat(proxy.requests())
        .extracting(RecordedRequest::getTarget)
        .containsExactly("/", "/v1/health");
    assertThat(only(domain).getTarget()).isEqualTo("/gateway/v1/health");
    assertThat(connections).hasValue(2);
  }

  @Test
  void whatCannotBeReachedIsToldAndTheRestIsConnected() throws IOException {
    String nobody = nobodyAt();
    TestRoute domain = server(true).answers(plain(200, "{}"));
    WorkerClient client =
        client(
            builder ->
                builder
                    .bindingProxy(nobody)
                    .service("CATALOG")
                    .service("ORDERS", orders -> orders.customDomain(TlsRoute.url(domain))));

    List<ServiceError> unreachable = client.warmUp();

    assertThat(unreachable).extracting(ServiceError::service).containsExactly("CATALOG", "ORDERS");
    for (ServiceError error : unreachable) {
      assertThat(error.code()).isEqualTo("WORKER_CONNECTION");
      assertThat(error.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThat(error.attempts()).extracting(Attempt::route).containsExactly("binding-proxy");
    }
    int before = connections.get();
    client.service("ORDERS").get("/v1/orders").execute();
    assertThat(connectionsOf(domain)).containsExactly(0, 0);
    assertThat(connections.get() - before).isEqualTo(1); // The proxy is tried, in vain.
  }

  private static String nobodyAt() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "https://localhost:" + closed.getLocalPort();
    }
  }

  @Test
  void aCredentialThatCannotBeReadIsToldToo() {
    TestRoute proxy = server(true).answers(answered(200, "{}"));
    WorkerClient client =
        client(
            builder ->
                builder
                    .bindingProxy(
                        TlsRoute.url(proxy),
                        access ->
                            access.bearerToken(
                                () -> {
                                  throw new IllegalStateException("no vault");
                                }))
                    .service("CATALOG"));

    assertThat(client.warmUp()).extracting(ServiceError::service).containsExactly("CATALOG");
    assertThat(proxy.requests()).isEmpty();
  }

  @Test
  void breakersBudgetAndListenersSeeNothingOfIt() throws IOException {
    List<CallInfo> seen = new ArrayList<>();
    String nobody = nobodyAt();
    WorkerClient client =
        client(
            builder ->
                builder
                    .bindingProxy(nobody)
                    .service("ORDERS", orders -> orders.customDomain(nobody))
                    .listener(
                        new CallListener() {
                          @Override
                          public void callStarted(CallInfo call) {
                            seen.add(call);
                          }
                        }));
    WorkerService orders = client.service("ORDERS");
    int tokens = orders.retryTokens();

    for (int i = 0; i < 20; i++) {
      assertThat(client.warmUp()).hasSize(2);
    }

    assertThat(orders.breakerStates().values()).containsOnly(BreakerState.CLOSED);
    assertThat(orders.retryTokens()).isEqualTo(tokens);
    assertThat(seen).isEmpty();
  }

  @Test
  void whoAsksMeanwhileSharesTheRunAndOnceMoreOpensNothing() {
    TestRoute proxy = server(true).answers(plain(200, "{}"));
    WorkerClient client =
        client(builder -> builder.bindingProxy(TlsRoute.url(proxy)).service("CATALOG"));
    client.warmUp();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    proxy.answers(
        request -> {
          asked.countDown();
          await(answer);
          return plain(200, "{}");
        });
    List<Thread> threads = new ArrayList<>();
    List<CompletableFuture<List<ServiceError>>> runs = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      runs.add(
          CompletableFuture.supplyAsync(
              client::warmUp,
              command -> {
                Thread thread = new Thread(command);
                threads.add(thread);
                thread.start();
              }));
    }
    await(asked);
    for (Thread thread : threads) {
      while (!isWaiting(thread)) {
        Thread.onSpinWait();
      }
    }
    answer.countDown();
    runs.forEach(run -> assertThat(run.join()).isEmpty());

    assertThat(proxy.requests()).hasSize(2);
    assertThat(connections).hasValue(1);
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TIMED_WAITING;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aClosedClientRefuses() {
    WorkerClient client = client(builder -> builder.bindingProxy("https://x.test").service("X"));
    client.close();

    assertThatThrownBy(client::warmUp)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
