package dev.workerclient;

import static dev.workerclient.TestRoute.dropped;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerConnectionException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A pooled connection that the server closed while it was idle costs no call, whatever it sends.
 */
@Timeout(60)
class IdleConnectionsTest {
  private static final String SERVICE = "ORDERS";
  private static final MockResponse OK = plain(200, "{}");
  private static final MockResponse OK_THEN_CLOSED =
      OK.newBuilder().onResponseEnd(new SocketEffect.CloseSocket()).build();

  /** Ends the connection, and still reads what the client writes: HTTP/2 acknowledges settings. */
  private static final MockResponse OK_THEN_ENDED =
      OK.newBuilder().onResponseEnd(new SocketEffect.CloseSocket(false, false, true)).build();

  private final TestRoute route = new TestRoute();
  private final TappedSockets sockets = new TappedSockets();
  private final AtomicLong passed = new AtomicLong(); // Stands still but for pass(…).
  private OkHttpClient okHttpClient = new OkHttpClient.Builder().socketFactory(sockets).build();
  private String url = route.url();
  private final List<WorkerClient> clients = new ArrayList<>();

  @AfterEach
  void close() {
    clients.forEach(WorkerClient::close);
    route.close();
  }

  private WorkerService service() {
    return service(RetryOptions.disabled());
  }

  private WorkerService service(RetryOptions retry) {
    WorkerClient client =
        WorkerClient.builder()
            .okHttpClient(okHttpClient)
            .connectionClock(passed::get)
            .retry(retry)
            .callTimeout(Duration.ofSeconds(40))
            .attemptTimeout(Duration.ofSeconds(20))
            .service(SERVICE, service -> service.customDomain(url))
            .build();
    clients.add(client);
    return client.service(SERVICE);
  }

  private void pass(long millis) {
    passed.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  /** Has a call leave a connection in the pool, which the server closes. */
  private void leaveClosedConnection(WorkerService service) throws IOException {
    route.answers(OK_THEN_CLOSED);
    service.get("/first").execute();
    sockets.awaitEnds();
    route.answers(OK);
  }

  private static void assertOneAttempt(WorkerResponse response) {
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.attempts()).hasSize(1);
  }

  private List<String> targets() {
    return route.requests().stream().map(RecordedRequest::getTarget).toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {100, 150, 1_300, 9_200})
  void aPostGoesByANewConnection(long idleMillis) throws IOException {
    WorkerService service = service();
    leaveClosedConnection(service);
    pass(idleMillis);

    assertOneAttempt(service.post("/orders").body("{}", "application/json").execute());

    assertThat(targets()).containsExactly("/first", "/orders");
    assertThat(sockets.count()).isEqualTo(2);
  }

  @Test
  void aStreamThatCanBeReadOnceIsSentWhole() throws IOException {
    WorkerService service = service();
    leaveClosedConnection(service);
    pass(100);

    assertOneAttempt(
        service
            .post("/orders")
            .body(new ByteArrayInputStream(new byte[] {1, 2, 3}), "application/octet-stream")
            .execute());

    assertThat(route.requests().get(1).getBody()).isNotNull();
    assertThat(route.requests().get(1).getBody().size()).isEqualTo(3);
  }

  @Test
  void anAsyncPostGoesByANewConnection() throws IOException {
    WorkerService service = service();
    leaveClosedConnection(service);
    pass(100);

    assertOneAttempt(service.post("/orders").executeAsync().join());
  }

  @Test
  void aStreamingPostGoesByANewConnection() throws IOException {
    WorkerService service = service();
    leaveClosedConnection(service);
    pass(100);

    try (StreamingResponse response = service.post("/orders").executeStreaming()) {
      assertThat(response.attempts()).hasSize(1);
      assertThat(response.stream().readAllBytes()).hasSize(2);
    }
  }

  @Test
  void aConnectionIsIdleFromTheEndOfAStreamedBodyOn() throws IOException {
    WorkerService service = service();
    route.answers(OK);
    try (StreamingResponse response = service.get("/first").executeStreaming()) {
      pass(5_000);
      assertThat(response.stream().readAllBytes()).hasSize(2);
    }

    assertOneAttempt(service.post("/orders").execute());

    assertThat(sockets.looks()).isZero();
  }

  @Test
  void aGetWithoutRetriesGoesByANewConnection() throws IOException {
    WorkerService service = service(RetryOptions.builder().maxAttempts(1).build());
    leaveClosedConnection(service);
    pass(100);

    assertOneAttempt(service.get("/orders").execute());
  }

  @Test
  void aGetThatWasIdleForOverASecondGoesByANewConnection() throws IOException {
    WorkerService service = service(RetryOptions.ofDefaults());
    leaveClosedConnection(service);
    pass(1_300);

    assertOneAttempt(service.get("/orders").execute());
  }

  @Test
  void aConnectionInUseIsNotLookedAt() {
    route.answers(OK);
    WorkerService retried = service(RetryOptions.ofDefaults());
    retried.get("/first").execute();
    pass(19);
    retried.post("/orders").execute();
    pass(999);
    retried.get("/orders").execute();

    assertThat(sockets.looks()).isZero();
    assertThat(sockets.count()).isEqualTo(1);
  }

  @Test
  void anOpenConnectionIsLookedAtOnceAndUsed() {
    route.answers(OK);
    WorkerService service = service(RetryOptions.ofDefaults());
    service.get("/first").execute();
    pass(1_300);

    assertOneAttempt(service.post("/orders").execute());

    assertThat(sockets.looks()).isEqualTo(1);
    assertThat(sockets.count()).isEqualTo(1);
  }

  @Test
  void allConnectionsOfAServerThatRestartedAreGotOverByOneCall() throws IOException {
    int connections = 8;
    CyclicBarrier together = new CyclicBarrier(connections);
    route.answers(
        request -> {
          try {
            together.await();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return OK_THEN_CLOSED;
        });
    okHttpClient =
        okHttpClient
            .newBuilder()
            .connectionPool(
                new okhttp3.ConnectionPool(connections, 5, java.util.concurrent.TimeUnit.MINUTES))
            .build();
    WorkerService service = service();
    List<CompletableFuture<WorkerResponse>> calls = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      calls.add(service.get("/first").executeAsync());
    }
    calls.forEach(CompletableFuture::join);
    sockets.awaitEnds();
    route.answers(OK);
    pass(100);

    assertOneAttempt(service.post("/orders").execute());

    assertThat(targets().stream().filter("/orders"::equals)).hasSize(1);
    assertThat(sockets.count()).isEqualTo(connections + 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatNobodyAskedForIsNoAnswer(boolean closed) throws IOException {
    try (RawServer server = new RawServer()) {
      server.replies("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
      url = server.url();
      WorkerService service = service();
      service.get("/first").execute();
      server.sendUnasked("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
      if (closed) {
        server.closeConnections();
      }
      sockets.awaitBytes();
      pass(100);

      assertOneAttempt(service.post("/orders").execute());

      assertThat(server.requests()).hasSize(2);
      assertThat(server.lastConnection()).isEqualTo(1);
    }
  }

  @Test
  void whatAnInterceptorSeesIsOneRequest() throws IOException {
    AtomicInteger seen = new AtomicInteger();
    okHttpClient =
        okHttpClient
            .newBuilder()
            .addInterceptor(
                chain -> {
                  seen.incrementAndGet();
                  return chain.proceed(chain.request());
                })
            .build();
    WorkerService service = service();
    leaveClosedConnection(service);
    pass(100);

    assertOneAttempt(service.post("/orders").execute());

    assertThat(seen).hasValue(2);
  }

  @Test
  void aConnectionThatTheApplicationMadeIsLookedAtToo() throws IOException {
    route.answers(OK_THEN_CLOSED);
    WorkerService service = service();
    okHttpClient.newCall(new Request.Builder().url(url).build()).execute().close();
    sockets.awaitEnds();
    route.answers(OK);

    assertOneAttempt(service.post("/orders").execute());
  }

  @Test
  void overTlsAPostGoesByANewConnection() throws IOException {
    useTls(List.of(Protocol.HTTP_1_1));
    WorkerService service = service();
    route.answers(OK_THEN_CLOSED);
    service.get("/first").execute();
    sockets.awaitBytes();
    route.answers(OK);
    pass(100);

    assertOneAttempt(service.post("/orders").execute());

    assertThat(sockets.count()).isEqualTo(2);
  }

  @Test
  void overTlsAnOpenConnectionStaysUsable() {
    useTls(List.of(Protocol.HTTP_1_1));
    WorkerService service = service();
    route.answers(OK);
    for (int i = 0; i < 3; i++) {
      assertOneAttempt(service.post("/orders").execute());
      pass(1_300);
    }

    assertThat(sockets.count()).isEqualTo(1);
  }

  @Test
  void overHttp2APostGoesByANewConnection() throws IOException {
    useTls(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
    WorkerService service = service();
    route.answers(OK_THEN_ENDED);
    service.get("/first").execute();
    sockets.awaitClosed();
    route.answers(OK);
    pass(100);

    assertOneAttempt(service.post("/orders").execute());

    assertThat(sockets.count()).isEqualTo(2);
  }

  @Test
  void overHttp2AnOpenConnectionIsNotLookedAt() {
    useTls(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
    WorkerService service = service();
    route.answers(OK);
    service.get("/first").execute();
    pass(9_200);

    assertOneAttempt(service.post("/orders").execute());

    assertThat(sockets.looks()).isZero();
    assertThat(sockets.count()).isEqualTo(1);
  }

  private void useTls(List<Protocol> protocols) {
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    HandshakeCertificates server =
        new HandshakeCertificates.Builder().heldCertificate(certificate).build();
    HandshakeCertificates client =
        new HandshakeCertificates.Builder()
            .addTrustedCertificate(certificate.certificate())
            .build();
    route.server().useHttps(server.sslSocketFactory());
    route.server().setProtocols(protocols);
    okHttpClient =
        okHttpClient
            .newBuilder()
            .protocols(protocols)
            .sslSocketFactory(client.sslSocketFactory(), client.trustManager())
            .build();
    url = "https://localhost:" + route.server().getPort();
  }

  @Test
  void aPostThatMeetsTheCloseSaysNothingOfTheRoute() {
    WorkerService service = service();
    for (int i = 0; i < 10; i++) {
      route.answers(OK);
      service.get("/first").execute();
      route.answers(dropped());

      WorkerConnectionException failure =
          catchThrowableOfType(
              WorkerConnectionException.class, () -> service.post("/orders").execute());

      assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
    }
    assertThat(targets().stream().filter("/orders"::equals)).hasSize(10);
  }
}
