package dev.workerclient.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerResponse;
import dev.workerclient.WorkerService;
import dev.workerclient.error.Error1042Exception;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkersExtension;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which observation is current where, and that none stays behind. */
@Timeout(60)
class ObservationScopesTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();
  private final ObservationRegistry registry = ObservationRegistry.create();
  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final Scopes scopes = new Scopes();
  private @Nullable WorkerClient client;

  ObservationScopesTest() {
    registry.observationConfig().observationHandler(scopes);
  }

  /** Notes on which threads scopes open and close, and which observations have not ended. */
  private static final class Scopes implements ObservationHandler<Observation.Context> {
    private final Map<Observation.Context, Thread> open = new ConcurrentHashMap<>();
    private final List<Observation.Context> running = new CopyOnWriteArrayList<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final List<String> ended = new CopyOnWriteArrayList<>();

    @Override
    public void onStart(Observation.Context context) {
      running.add(context);
    }

    @Override
    public void onScopeOpened(Observation.Context context) {
      open.put(context, Thread.currentThread());
    }

    @Override
    public void onScopeClosed(Observation.Context context) {
      if (open.remove(context) != Thread.currentThread()) {
        wrong.add(context.getName() + " closed by another thread");
      }
    }

    @Override
    public void onStop(Observation.Context context) {
      running.remove(context);
      if (open.containsKey(context)) {
        wrong.add(context.getName() + " ended with an open scope");
      }
      ended.add(String.valueOf(context.getName()));
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
      return true;
    }
  }

  private WorkerService orders(Executor executor, OkHttpClient http) {
    WorkerClient built =
        workers
            .builder()
            .executor(executor)
            .okHttpClient(http)
            .maxConcurrentCalls(2)
            .callTimeout(Duration.ofSeconds(20))
            .listener(WorkerObservations.of(registry))
            .build();
    client = built;
    return built.service("ORDERS");
  }

  @AfterEach
  void nothingStaysBehind() throws Exception {
    awaitPool();
    pool.shutdown();
    assertThat(registry.getCurrentObservation()).isNull();
    assertThat(scopes.wrong).isEmpty();
    assertThat(scopes.open).isEmpty();
    assertThat(scopes.running).isEmpty();
    if (client != null) {
      client.close();
    }
  }

  /** Waits until the pool has run its tasks; then neither of its threads has an observation. */
  private void awaitPool() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    List<Future<@Nullable Observation>> current = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      current.add(
          pool.submit(
              () -> {
                both.await(20, TimeUnit.SECONDS);
                return registry.getCurrentObservation();
              }));
    }
    for (Future<@Nullable Observation> each : current) {
      assertThat(each.get()).isNull();
    }
  }

  @Test
  void whileAnAttemptIsSentItIsCurrent() {
    workers.service("ORDERS").binding().answers(MockAnswer.json("{}"));
    List<String> current = new ArrayList<>();
    OkHttpClient http =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  Observation observation = registry.getCurrentObservation();
                  current.add(observation == null ? "none" : observation.getContext().getName());
                  return chain.proceed(chain.request());
                })
            .build();
    WorkerService orders = orders(pool, http);

    orders.get("/").execute();
    orders.get("/").executeAsync().join();

    assertThat(current).containsExactly("worker.client.attempt", "worker.client.attempt");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void manyQueuedCallsOfWhichSomeAreCancelledAndSomeAreLate(boolean plainPool) throws Exception {
    workers
        .service("ORDERS")
        .binding()
        .answers(MockAnswer.json("{}").withDelay(Duration.ofMillis(5)));
    WorkerService orders =
        orders(plainPool ? pool : task -> pool.execute(task), new OkHttpClient());
    List<CompletableFuture<WorkerResponse>> calls = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Duration limit = i % 10 == 3 ? Duration.ofMillis(10) : Duration.ofSeconds(20);
      calls.add(orders.get("/").timeout(limit).executeAsync());
    }
    for (int i = 0; i < 200; i += 10) {
      calls.get(199 - i).cancel(true);
    }

    for (CompletableFuture<WorkerResponse> call : calls) {
      CompletableFuture<Boolean> done = call.handle((response, failure) -> true);
      assertThat(done.get(20, TimeUnit.SECONDS)).isTrue();
    }
    awaitPool();
    assertThat(scopes.ended.stream().filter("worker.client.call"::equals)).hasSize(200);
  }

  @Test
  void aCallThatIsCancelledWhileItRuns() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    workers
        .service("ORDERS")
        .binding()
        .answers(
            request -> {
              arrived.countDown();
              return MockAnswer.json("{}").withDelay(Duration.ofSeconds(30));
            });
    WorkerService orders = orders(pool, new OkHttpClient());
    Observation caller = Observation.start("caller", registry);

    caller.scoped(
        () -> {
          CompletableFuture<WorkerResponse> call = orders.get("/").executeAsync();
          awaitQuietly(arrived);
          call.cancel(true);
        });
    caller.stop();
    awaitPool();

    assertThat(scopes.ended).contains("worker.client.attempt", "worker.client.call");
  }

  @Test
  void anInterceptorThatThrowsAnError() {
    workers.service("ORDERS").binding().answers(MockAnswer.json("{}"));
    OkHttpClient http =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  throw new NoClassDefFoundError("an interceptor's");
                })
            .build();
    WorkerService orders = orders(pool, http);

    assertThat(orders.post("/").executeAsync()).failsWithin(Duration.ofSeconds(20));

    assertThat(scopes.ended).containsExactly("worker.client.attempt", "worker.client.call");
    workers.service("ORDERS").optional();
  }

  @Test
  void aHandlerThatThrowsLeavesNoScopeOpen() {
    workers.service("ORDERS").customDomain().fails(Fault.error1042());
    registry
        .observationConfig()
        .observationHandler(
            new ObservationHandler<Observation.Context>() {
              @Override
              public void onError(Observation.Context context) {
                throw new IllegalStateException("a handler's");
              }

              @Override
              public boolean supportsContext(Observation.Context context) {
                return true;
              }
            });
    WorkerService orders = orders(pool, new OkHttpClient());

    assertThatExceptionOfType(Error1042Exception.class).isThrownBy(() -> orders.get("/").execute());

    assertThat(scopes.ended).containsExactly("worker.client.attempt", "worker.client.call");
  }

  @Test
  void aStreamedCallEndsWithItsHeaders() throws IOException {
    workers.service("ORDERS").binding().answers(MockAnswer.text("much"));
    WorkerService orders = orders(pool, new OkHttpClient());

    try (var response = orders.get("/").executeStreaming()) {
      assertThat(registry.getCurrentObservation()).isNull();
      assertThat(scopes.running).isEmpty();
      assertThat(response.stream().readAllBytes()).hasSize(4);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
