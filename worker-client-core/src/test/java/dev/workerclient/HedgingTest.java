package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.hanging;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerTimeoutException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A call whose route takes longer than usual is sent by the next one too. */
@Timeout(30)
class HedgingTest {
  private static final int KNOWN = 20;
  private static final Duration SHORT = Duration.ofSeconds(1);

  @RegisterExtension final TestFleet fleet = new TestFleet();

  private final List<Attempt> attempts = new ArrayList<>();
  private final List<String> events = new ArrayList<>();

  @BeforeEach
  void answer() {
    fleet.proxy().answers(answered(200, "proxy"));
    fleet.domain().answers(plain(200, "domain"));
  }

  private WorkerClient.Builder builder() {
    return fleet.builder().adaptiveAttemptTimeout(false).listener(new Recorder());
  }

  /** The service, of which the usual time of GET / is known. */
  private WorkerService known(WorkerClient.Builder builder) {
    WorkerService service = fleet.service(builder);
    for (int i = 0; i < KNOWN; i++) {
      assertThat(service.get("/").execute().string()).isEqualTo("proxy");
    }
    return service;
  }

  private List<Integer> seen() {
    return List.of(fleet.proxy().requests().size() - KNOWN, fleet.domain().requests().size());
  }

  @Test
  void theNextRouteAnswersForOneThatHangs() throws Exception {
    WorkerService service = known(builder());
    CountDownLatch read = new CountDownLatch(1);
    fleet
        .proxy()
        .answers(
            request -> {
              read.countDown();
              return hanging();
            });
    fleet.domain().answers(request -> await(read, plain(200, "domain")));

    assertThat(service.get("/").execute().string()).isEqualTo("domain");

    assertThat(seen()).containsExactly(1, 1);
    assertThat(attempts).extracting(Attempt::number).containsExactly(1, 2);
    assertThat(attempts).extracting(Attempt::isHedge).containsExactly(false, true);
    assertThat(attempts.get(0).failure()).isEqualTo("WORKER_CANCELLED");
    assertThat(attempts.get(0).message()).isEqualTo("another route answered first");
    assertThat(attempts.get(1).failure()).isNull();
    assertThat(attempts.get(1)).asString().startsWith("custom-domain (hedge): answered HTTP 200");
  }

  @Test
  void theFirstRouteStillCountsIfItAnswersFirst() throws Exception {
    WorkerService service = known(builder());
    CountDownLatch hedged = new CountDownLatch(1);
    fleet.proxy().answers(request -> await(hedged, answered(200, "late")));
    fleet
        .domain()
        .answers(
            request -> {
              hedged.countDown();
              return hanging();
            });

    assertThat(service.get("/").execute().string()).isEqualTo("late");

    assertThat(seen()).containsExactly(1, 1);
    assertThat(attempts).extracting(Attempt::failure).containsExactly("WORKER_CANCELLED", null);
    assertThat(attempts).extracting(Attempt::number).containsExactly(2, 1); // The last one counts.
    assertThat(attempts.get(0).message()).isEqualTo("another route answered first");
    assertThat(events)
        .containsExactlyInAnyOrder("start 1", "start 2 hedge", "end 1", "end 2 hedge", "over");
    assertThat(events).last().isEqualTo("over");
  }

  @Test
  void noCallIsHedgedThatMayNotBeRepeated() {
    WorkerService service = known(builder().attemptTimeout(SHORT));
    for (int i = 0; i < KNOWN; i++) {
      service.post("/").execute();
    }
    fleet.proxy().answers(hanging());

    assertThatThrownBy(() -> service.post("/").execute())
        .isInstanceOf(WorkerTimeoutException.class);

    assertThat(fleet.proxy().requests()).hasSize(2 * KNOWN + 1);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @Test
  void writesAreHedgedOnlyIfTheApplicationSaysSo() {
    WorkerClient.Builder all =
        builder().hedging(HedgingOptions.builder().allRepeatable(true).build());
    WorkerService service = fleet.service(all);
    for (int i = 0; i < KNOWN; i++) {
      service.put("/").body("{}", "application/json").execute();
    }
    fleet.proxy().answers(hanging());

    assertThat(service.put("/").body("{}", "application/json").execute().string())
        .isEqualTo("domain");
    assertThat(fleet.domain().requests().get(0).getBody().utf8()).isEqualTo("{}");
  }

  @Test
  void aWriteWaitsForItsRouteByDefault() {
    WorkerService service = fleet.service(builder().attemptTimeout(SHORT));
    for (int i = 0; i < KNOWN; i++) {
      service.put("/").execute();
    }
    fleet.proxy().answers(hanging());

    assertThat(service.put("/").execute().string()).isEqualTo("domain");

    assertThat(attempts).extracting(Attempt::isHedge).containsExactly(false, false);
    assertThat(attempts.get(0).failure()).isEqualTo("WORKER_TIMEOUT");
  }

  @Test
  void anOperationMustBeKnownFirst() {
    WorkerService service = known(builder().attemptTimeout(SHORT));
    fleet.proxy().answers(hanging());

    assertThat(service.get("/other").execute().string()).isEqualTo("domain");

    assertThat(attempts.get(0).failure()).isEqualTo("WORKER_TIMEOUT");
  }

  @Test
  void itCanBeSwitchedOff() {
    WorkerService service =
        known(builder().attemptTimeout(SHORT).hedging(HedgingOptions.disabled()));
    fleet.proxy().answers(hanging());

    assertThat(service.get("/").execute().string()).isEqualTo("domain");

    assertThat(attempts.get(0).failure()).isEqualTo("WORKER_TIMEOUT");
  }

  @Test
  void noCodeOfTheApplicationRunsOnAnotherThreadUnlessItSaysSo() {
    List<Thread> threads = new CopyOnWriteArrayList<>();
    WorkerClient.Builder builder =
        WorkerClient.builder()
            .bindingProxy(fleet.proxy().url())
            .service(
                TestFleet.SERVICE,
                own ->
                    own.customDomain(
                        fleet.domain().url(),
                        domain ->
                            domain.bearerToken(
                                () -> {
                                  threads.add(Thread.currentThread());
                                  return "token";
                                })))
            .attemptTimeout(SHORT)
            .adaptiveAttemptTimeout(false);
    WorkerService service = known(builder);
    fleet.proxy().answers(hanging());

    assertThat(service.get("/").execute().string()).isEqualTo("domain");

    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void aClientWithInterceptorsIsHedgedOnlyIfItSaysSo() {
    OkHttpClient intercepted =
        new OkHttpClient.Builder().addInterceptor(chain -> chain.proceed(chain.request())).build();
    WorkerService service = known(builder().okHttpClient(intercepted).attemptTimeout(SHORT));
    fleet.proxy().answers(hanging());
    service.get("/").execute();
    assertThat(attempts).extracting(Attempt::isHedge).containsExactly(false, false);

    answer();
    service = known(builder().okHttpClient(intercepted).hedging(HedgingOptions.ofDefaults()));
    fleet.proxy().answers(hanging());
    service.get("/").execute();
    assertThat(attempts).extracting(Attempt::isHedge).containsExactly(false, true);
  }

  @Test
  void anErrorOfTheHedgeDoesNotCountIfTheFirstRouteAnswersAfterAll() {
    WorkerService service = known(builder());
    CountDownLatch answered = new CountDownLatch(1);
    fleet.proxy().answers(request -> await(answered, answered(200, "late")));
    fleet
        .domain()
        .answers(
            request -> {
              answered.countDown();
              return plain(503, "busy");
            });

    assertThat(service.get("/").execute().string()).isEqualTo("late");
    assertThat(seen()).containsExactly(1, 1);
  }

  @Test
  void ifBothFailTheCallFailsAsWithoutAHedge() {
    WorkerService service = known(builder().attemptTimeout(SHORT));
    fleet.proxy().answers(hanging());
    fleet.domain().answers(hanging());

    assertThatThrownBy(() -> service.get("/").execute())
        .isInstanceOfSatisfying(
            WorkerTimeoutException.class,
            e -> assertThat(e.serviceError().attempts()).hasSize(2).isEqualTo(attempts));
    assertThat(seen()).containsExactly(1, 1);
  }

  @Test
  void theRetryBudgetPays() {
    RetryBudgetOptions few = RetryBudgetOptions.builder().capacity(100).build();
    WorkerService service = known(builder().attemptTimeout(SHORT).retryBudget(few));
    fleet.proxy().answers(hanging());

    for (int i = 0; i < 3; i++) { // Each takes 20 tokens, as long as half of all are there.
      service.get("/").execute();
      assertThat(attempts).extracting(Attempt::isHedge).containsExactly(false, true);
    }
    service.get("/").execute();

    assertThat(attempts).extracting(Attempt::isHedge).containsExactly(false, false);
  }

  @Test
  void aRouteThatIsOftenOutrunIsSkipped() {
    WorkerService service = known(builder().circuitBreaker(CircuitBreakerOptions.ofDefaults()));
    fleet.proxy().answers(hanging());

    int outrun = 0;
    for (int i = 0; i < 30; i++) {
      assertThat(service.get("/").execute().string()).isEqualTo("domain");
      outrun += attempts.size() - 1;
    }

    assertThat(outrun).isBetween(5, 7); // Five in a row, and a try or two.
    assertThat(seen().get(0)).isLessThanOrEqualTo(outrun); // One may be over before it is read.
    assertThat(seen().get(1)).isEqualTo(30);
  }

  @Test
  void aCancelEndsBothRequests() throws Exception {
    WorkerService service = known(builder());
    CountDownLatch hedged = new CountDownLatch(1);
    fleet.proxy().answers(hanging());
    fleet
        .domain()
        .answers(
            request -> {
              hedged.countDown();
              return hanging();
            });

    CompletableFuture<WorkerResponse> call = service.get("/").executeAsync();
    hedged.await();
    call.cancel(true);

    awaitEvent("over");
    assertThat(attempts).hasSize(2);
    assertThat(attempts).extracting(Attempt::failure).containsOnly("WORKER_CANCELLED");
  }

  @Test
  void aStreamIsTheHedgesToTheEnd() throws IOException {
    WorkerService service = fleet.service(builder());
    for (int i = 0; i < KNOWN; i++) {
      stream(service);
    }
    fleet.proxy().answers(hanging());

    assertThat(stream(service)).isEqualTo("domain");
    assertThat(seen()).containsExactly(1, 1);
  }

  private static String stream(WorkerService service) throws IOException {
    try (StreamingResponse answer = service.get("/").executeStreaming();
        InputStream body = answer.stream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theCallersDeadlineHolds() {
    WorkerService service = known(builder());
    fleet.proxy().answers(hanging());
    fleet.domain().answers(hanging());

    assertThatThrownBy(() -> service.get("/").timeout(SHORT).execute())
        .isInstanceOf(WorkerException.class)
        .isInstanceOf(WorkerTimeoutException.class);
  }

  private static MockResponse await(CountDownLatch latch, MockResponse response) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return response;
  }

  private void awaitEvent(String name) throws InterruptedException {
    synchronized (events) {
      while (!events.contains(name)) {
        events.wait();
      }
    }
  }

  /** Keeps the events and attempts of the last call. */
  private final class Recorder implements CallListener {
    @Override
    public void callStarted(CallInfo call) {
      synchronized (events) {
        events.clear();
      }
    }

    @Override
    public void attemptStarted(CallInfo call, AttemptInfo attempt) {
      add("start " + attempt.number() + (attempt.isHedge() ? " hedge" : ""));
    }

    @Override
    public void attemptEnded(CallInfo call, Attempt attempt) {
      add("end " + attempt.number() + (attempt.isHedge() ? " hedge" : ""));
    }

    @Override
    public void callEnded(
        CallInfo call, Duration elapsed, List<Attempt> made, @Nullable WorkerException failure) {
      attempts.clear();
      attempts.addAll(made);
      add("over");
    }

    private void add(String event) {
      synchronized (events) {
        events.add(event);
        events.notifyAll();
      }
    }
  }
}
