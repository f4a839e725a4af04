package dev.workerclient;

import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.WorkerTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An HTTP/2 connection on which nothing arrives any more, though nobody closed it. */
@Timeout(60)
class SilentConnectionTest {
  private static final Duration TELLING = Duration.ofMillis(700);

  private final TestRoute route = new TestRoute();
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
  private final AtomicLong passed = new AtomicLong();
  private SilentPath path = new SilentPath(1);
  private WorkerClient client = client("http://127.0.0.1:1");
  private WorkerService service = client.service("ORDERS");

  private WorkerClient client(String url, Interceptor... interceptors) {
    OkHttpClient.Builder http2 =
        new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    List.of(interceptors).forEach(http2::addInterceptor);
    return WorkerClient.builder()
        .okHttpClient(http2.build())
        .connectionClock(() -> System.nanoTime() + passed.get())
        .attemptTimeout(TELLING)
        .service("ORDERS", service -> service.customDomain(url))
        .service(
            "PATIENT",
            service ->
                service
                    .customDomain(url)
                    .callTimeout(Duration.ofSeconds(40))
                    .attemptTimeout(Duration.ofSeconds(40)))
        .build();
  }

  @BeforeEach
  void connect() {
    route.server().setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    route.answers(this::answer);
    path = new SilentPath(route.server().getPort());
    client = client(path.url());
    service = client.service("ORDERS");
    client.service("PATIENT").get("/first").execute();
  }

  private MockResponse answer(RecordedRequest request) {
    try {
      CountDownLatch latch = held.get(request.getTarget());
      if (latch != null) {
        latch.await();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return plain(200, "{}");
  }

  private CountDownLatch hold(String target) {
    CountDownLatch latch = new CountDownLatch(1);
    held.put(target, latch);
    return latch;
  }

  @AfterEach
  void close() {
    held.values().forEach(CountDownLatch::countDown);
    client.close();
    path.close();
    route.close();
  }

  private int connectionOf(String target) {
    return route.requests().stream()
        .filter(request -> target.equals(request.getTarget()))
        .reduce((first, last) -> last)
        .orElseThrow()
        .getConnectionIndex();
  }

  @Test
  void theNextAttemptKeepsOffIt() {
    path.silence();

    WorkerResponse response = service.get("/orders").execute();

    assertThat(response.attempts()).hasSizeBetween(2, 3); // Three on a machine that is busy.
    assertThat(path.connections()).isEqualTo(2);
  }

  @Test
  void theNextAttemptKeepsOffItWithAnInterceptorToo() {
    client.close();
    client = client(path.url(), chain -> chain.proceed(chain.request()));
    client.service("PATIENT").get("/first").execute();
    path.silence();

    assertThat(client.service("ORDERS").get("/orders").execute().status()).isEqualTo(200);

    assertThat(path.connections()).isEqualTo(3);
  }

  @Test
  void otherCallsKeepOffIt() {
    path.silence();
    assertThat(timedOut("/orders").delivery().name()).isEqualTo("UNKNOWN");

    for (int i = 0; i < 5; i++) {
      assertThat(client.service("PATIENT").post("/orders").execute().attempts()).hasSize(1);
    }
    assertThat(path.connections()).isEqualTo(2);
  }

  private WorkerTimeoutException timedOut(String target) {
    return catchThrowableOfType(
        WorkerTimeoutException.class, () -> service.post(target).timeout(TELLING).execute());
  }

  @Test
  void whatIsUnderWayOnItGoesOnAndAnAnswerMakesItTrusted() {
    CountDownLatch answer = hold("/held");
    hold("/slow");
    CompletableFuture<WorkerResponse> underWay =
        client.service("PATIENT").get("/held").executeAsync();
    assertThat(timedOut("/slow")).isNotNull();
    service.get("/beside").execute();
    assertThat(connectionOf("/beside")).isEqualTo(1);

    answer.countDown();

    assertThat(underWay.join().attempts()).hasSize(1);
    service.get("/after").execute();
    assertThat(connectionOf("/after")).isZero();
  }

  @Test
  void suspicionEnds() {
    hold("/slow");
    assertThat(timedOut("/slow")).isNotNull();
    service.get("/beside").execute();
    assertThat(connectionOf("/beside")).isEqualTo(1);

    passed.addAndGet(Duration.ofSeconds(10).toNanos());

    service.get("/after").execute();
    assertThat(connectionOf("/after")).isZero();
  }

  @Test
  void aSlowTargetCostsAtMostOneConnectionForEachTimeout() {
    hold("/slow");
    int timeouts = 4;
    for (int i = 0; i < timeouts; i++) {
      assertThat(timedOut("/slow")).isNotNull();
      for (int call = 0; call < 3; call++) {
        service.get("/fast").execute();
      }
    }

    assertThat(path.connections()).isLessThanOrEqualTo(1 + timeouts);
  }

  @Test
  void aConnectionOnWhichOtherAnswersArriveStaysInUse() throws InterruptedException {
    hold("/slow");
    CompletableFuture<Void> answered =
        CompletableFuture.runAsync(
            () -> {
              while (held.get("/done") == null) {
                client.service("PATIENT").get("/fast").execute();
              }
            });
    assertThat(timedOut("/slow")).isNotNull();
    hold("/done");
    answered.join();

    service.get("/after").execute();

    assertThat(path.connections()).isEqualTo(1);
  }
}
