package dev.workerclient;

import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pooled connection that is older than {@code connectionMaxAge}. */
@Timeout(60)
class ConnectionAgeTest {
  private static final Duration AGE = Duration.ofMinutes(10);
  private static final Interceptor USERS = chain -> chain.proceed(chain.request());

  private final List<TestRoute> routes = new ArrayList<>();
  private final List<WorkerClient> clients = new ArrayList<>();
  private final AtomicLong passed = new AtomicLong(); // Stands still but for pass(…).
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
  private OkHttpClient okHttpClient = TlsRoute.client().build();
  private double dice;

  @AfterEach
  void close() {
    held.values().forEach(CountDownLatch::countDown);
    clients.forEach(WorkerClient::close);
    routes.forEach(TestRoute::close);
  }

  private TestRoute server(boolean http2) {
    TestRoute route = TlsRoute.start(http2).answers(this::answer);
    routes.add(route);
    return route;
  }

  private MockResponse answer(RecordedRequest request) {
    CountDownLatch latch = held.get(request.getTarget());
    try {
      if (latch != null) {
        latch.await();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return plain(200, "{}");
  }

  private WorkerService service(TestRoute route) {
    return service(route, builder -> builder.connectionMaxAge(AGE));
  }

  private WorkerService service(TestRoute route, Consumer<WorkerClient.Builder> options) {
    WorkerClient.Builder builder =
        WorkerClient.builder()
            .okHttpClient(okHttpClient)
            .connectionClock(passed::get)
            .timing((time, cancellation) -> {}, () -> dice, Clock.systemUTC())
            .retry(RetryOptions.disabled())
            .callTimeout(Duration.ofSeconds(40))
            .attemptTimeout(Duration.ofSeconds(20))
            .service("ORDERS", orders -> orders.customDomain(TlsRoute.url(route)));
    options.accept(builder);
    WorkerClient client = builder.build();
    clients.add(client);
    return client.service("ORDERS");
  }

  private void pass(Duration time) {
    passed.addAndGet(time.toNanos());
  }

  private static void post(WorkerService service) {
    WorkerResponse response = service.post("/v1/orders").execute();

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.attempts()).hasSize(1);
  }

  private static int lastConnection(TestRoute route) {
    return route.requests().get(route.requests().size() - 1).getConnectionIndex();
  }

  /** Sends POSTs until one travels by that connection: the new one is made beside them. */
  private static void postUntilOn(int connection, WorkerService service, TestRoute route) {
    do {
      post(service);
    } while (lastConnection(route) != connection);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void overHttp1ItTakesNoRequest(boolean interceptor) {
    if (interceptor) {
      okHttpClient = okHttpClient.newBuilder().addInterceptor(USERS).build();
    }
    TestRoute route = server(false);
    WorkerService service = service(route);
    post(service);
    pass(AGE.minusSeconds(1));
    post(service);
    assertThat(lastConnection(route)).isZero();
    pass(Duration.ofSeconds(1));

    post(service);

    assertThat(lastConnection(route)).isEqualTo(1);
    assertThat(route.requests()).hasSize(3);
    assertThat(okHttpClient.connectionPool().connectionCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void overHttp2ItIsReplacedBesideTheCallsAndThenClosed(boolean interceptor) {
    if (interceptor) {
      okHttpClient = okHttpClient.newBuilder().addInterceptor(USERS).build();
    }
    TestRoute route = server(true);
    WorkerService service = service(route);
    post(service);
    pass(AGE.minusSeconds(1));
    post(service);
    assertThat(lastConnection(route)).isZero();
    pass(Duration.ofSeconds(1));

    postUntilOn(1, service, route);
    post(service);

    assertThat(lastConnection(route)).isEqualTo(1);
    assertThat(okHttpClient.connectionPool().connectionCount()).isEqualTo(1);
    pass(AGE);
    postUntilOn(2, service, route);
    assertThat(okHttpClient.connectionPool().connectionCount()).isEqualTo(1);
  }

  @Test
  void overHttp2WhatIsUnderWayEndsOnTheOldOne() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    held.put("/held", answer);
    TestRoute route = server(true);
    WorkerService service = service(route);
    post(service);
    CompletableFuture<WorkerResponse> underWay = service.post("/held").executeAsync();
    while (route.requests().size() < 2) {
      Thread.onSpinWait();
    }
    try (StreamingResponse stream = service.get("/stream").executeStreaming()) {
      pass(AGE);
      postUntilOn(1, service, route);
      assertThat(okHttpClient.connectionPool().connectionCount()).isEqualTo(2);

      answer.countDown();

      assertThat(underWay.join().attempts()).hasSize(1);
      assertThat(stream.stream().readAllBytes()).hasSize(2);
    }
    assertThat(okHttpClient.connectionPool().connectionCount()).isEqualTo(1);
    assertThat(route.requests()).filteredOn(each -> each.getTarget().equals("/held")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theNewConnectionGoesWhereTheNameLeadsThen(boolean http2) throws IOException {
    TestRoute before = TlsRoute.start(http2, "127.0.0.1", 0).answers(this::answer);
    TestRoute after =
        TlsRoute.start(http2, "127.0.0.2", before.server().getPort()).answers(this::answer);
    routes.addAll(List.of(before, after));
    SwitchedDns dns = new SwitchedDns("127.0.0.1");
    okHttpClient = okHttpClient.newBuilder().dns(dns).build();
    WorkerService service = service(before);
    post(service);
    dns.leadTo("127.0.0.2");
    pass(AGE.dividedBy(2));
    post(service);
    assertThat(after.requests()).isEmpty();
    pass(AGE.dividedBy(2));

    while (after.requests().isEmpty()) {
      post(service);
    }
    int reached = before.requests().size();
    post(service);
    post(service);

    assertThat(before.requests()).hasSize(reached);
    assertThat(after.requests()).hasSize(3);
    assertThat(dns.lookups()).isEqualTo(2);
  }

  /** OkHttp coalesces hosts that one certificate covers at one address. */
  @Test
  void hostsThatShareAConnectionShareTheNewOneToo() {
    TestRoute route = server(true);
    SwitchedDns dns = new SwitchedDns("127.0.0.1");
    okHttpClient = okHttpClient.newBuilder().dns(dns).build();
    int port = route.server().getPort();
    WorkerService unused =
        service(
            route,
            builder ->
                builder
                    .connectionMaxAge(AGE)
                    .service("A", own -> own.customDomain("https://a.example.test:" + port))
                    .service("B", own -> own.customDomain("https://b.example.test:" + port)));
    WorkerService a = clients.get(0).service("A");
    WorkerService b = clients.get(0).service("B");
    post(a);
    post(b);
    assertThat(lastConnection(route)).isZero();
    pass(AGE);

    postUntilOn(1, b, route);
    post(a);
    post(b);

    assertThat(lastConnection(route)).isEqualTo(1);
    assertThat(okHttpClient.connectionPool().connectionCount()).isEqualTo(1);
  }

  @Test
  void overHttp2TheOldOneStaysWhileNoNewOneCanBeMade() {
    TestRoute route = server(true);
    SwitchedDns dns = new SwitchedDns("127.0.0.1");
    okHttpClient = okHttpClient.newBuilder().dns(dns).build();
    WorkerService service = service(route);
    post(service);
    dns.leadTo(null);
    pass(AGE);

    while (dns.lookups() < 2) {
      post(service);
    }
    post(service);
    assertThat(route.requests()).extracting(RecordedRequest::getConnectionIndex).containsOnly(0);

    dns.leadTo("127.0.0.1");
    pass(AGE.dividedBy(10));
    postUntilOn(1, service, route);
  }

  @Test
  void eachConnectionIsDueUpToATenthEarlier() {
    TestRoute route = server(false);
    WorkerService service = service(route);
    dice = 0.5;
    post(service); // Due after 9.5 minutes.
    dice = 0;
    pass(AGE.multipliedBy(94).dividedBy(100));
    post(service);
    assertThat(lastConnection(route)).isZero();

    pass(AGE.dividedBy(100));
    post(service); // Due after 10 minutes.

    assertThat(lastConnection(route)).isEqualTo(1);
    pass(AGE.multipliedBy(99).dividedBy(100));
    post(service);
    assertThat(lastConnection(route)).isEqualTo(1);
  }

  /** Renewals that come all the time, under load: every POST is sent once, and none fails. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noCallFailsOrIsSentTwice(boolean http2) {
    int threads = 8;
    int each = 60;
    TestRoute route = server(http2);
    WorkerService service = service(route);
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int caller = i;
      callers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int j = 0; j < each; j++) {
                  WorkerResponse response =
                      service.post("/v1/orders/{id}", caller + "-" + j).execute();
                  assertThat(response.attempts()).hasSize(1);
                  if (j % 30 == caller) {
                    pass(AGE);
                  }
                }
              },
              command -> new Thread(command).start()));
    }
    callers.forEach(CompletableFuture::join);

    assertThat(route.requests()).hasSize(threads * each);
    assertThat(route.requests()).extracting(RecordedRequest::getTarget).doesNotHaveDuplicates();
    assertThat(
            route.requests().stream().map(RecordedRequest::getConnectionIndex).distinct().count())
        .isGreaterThan(5);
  }

  @Test
  void withoutALimitConnectionsLiveOn() {
    TestRoute route = server(true);
    WorkerService service = service(route, builder -> {});
    post(service);
    pass(Duration.ofDays(100));

    post(service);
    post(service);

    assertThat(lastConnection(route)).isZero();
  }

  @Test
  void aLimitThatCannotHoldIsRefused() {
    TestRoute route = server(true);
    okHttpClient = okHttpClient.newBuilder().socketFactory(new TappedSockets()).build();

    assertThatThrownBy(() -> service(route))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("socketFactory");
    assertThatThrownBy(
            () -> WorkerClient.builder().connectionMaxAge(Duration.ofMillis(999)).service("X"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 second");
  }

  /** Leads each name to one address, which can be switched; or to none. */
  private static final class SwitchedDns implements Dns {
    private volatile @Nullable String address;
    private final AtomicLong lookups = new AtomicLong();

    SwitchedDns(String address) {
      this.address = address;
    }

    void leadTo(@Nullable String address) {
      this.address = address;
    }

    long lookups() {
      return lookups.get();
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
      @Nullable String to = address;
      lookups.incrementAndGet();
      if (to == null) {
        throw new UnknownHostException(host);
      }
      return List.of(InetAddress.getByName(to));
    }
  }
}
