package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.hanging;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.BindingNotFoundException;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerCallException;
import dev.workerclient.error.WorkerCancelledException;
import dev.workerclient.error.WorkerTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Async calls: cancelled at once, bounded, and on the threads that were asked for. */
@Timeout(30)
class AsyncTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();

  @Test
  void cancellingTheFutureCancelsTheHttpCallAtOnce() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch failed = new CountDownLatch(1);
    OkHttpClient observed =
        new OkHttpClient.Builder()
            .eventListener(
                new EventListener() {
                  @Override
                  public void requestHeadersEnd(Call call, okhttp3.Request request) {
                    started.countDown();
                  }

                  @Override
                  public void callFailed(Call call, java.io.IOException failure) {
                    failed.countDown();
                  }
                })
            .build();
    fleet.proxy().answers(hanging());
    CompletableFuture<WorkerResponse> future =
        fleet.service(fleet.builder().okHttpClient(observed)).get("/").executeAsync();
    assertThat(started.await(5, TimeUnit.SECONDS)).isTrue();

    future.cancel(true);

    assertThat(failed.await(2, TimeUnit.SECONDS)).as("the HTTP call ended").isTrue();
    assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @Test
  void aCallThatIsCancelledInTheQueueIsNeverSent() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    fleet
        .proxy()
        .answers(
            request -> {
              awaitQuietly(release);
              return answered(200, "{}");
            });
    WorkerService service = fleet.service(fleet.builder().maxConcurrentCalls(1));
    CompletableFuture<WorkerResponse> first = service.get("/first").executeAsync();
    CompletableFuture<WorkerResponse> second = service.get("/second").executeAsync();
    CompletableFuture<WorkerResponse> third = service.get("/third").executeAsync();

    second.cancel(true);
    release.countDown();
    first.get(5, TimeUnit.SECONDS);
    third.get(5, TimeUnit.SECONDS);

    assertThat(fleet.proxy().requests())
        .extracting(request -> request.getTarget())
        .containsExactly("/first", "/third");
  }

  @Test
  void noMoreCallsRunAtOnceThanAllowed() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    fleet
        .proxy()
        .answers(
            request -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              running.decrementAndGet();
              return answered(200, "{}");
            });
    WorkerService service = fleet.service(fleet.builder().maxConcurrentCalls(4));
    List<CompletableFuture<WorkerResponse>> calls = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      calls.add(service.get("/").executeAsync());
    }

    CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);

    assertThat(most).hasValueLessThanOrEqualTo(4);
    assertThat(fleet.proxy().requests()).hasSize(200);
  }

  @Test
  void aFailureCompletesTheFutureWithTheTypedException() {
    fleet.proxy().answers(bindingMissing());
    WorkerClient.Builder proxyOnly =
        WorkerClient.builder().bindingProxy(fleet.proxy().url()).service("APIMOM");
    CompletableFuture<String> future = fleet.service(proxyOnly).get("/").fetchAsync(String.class);

    CompletionException failure = catchThrowableOfType(CompletionException.class, future::join);

    assertThat(failure).hasCauseInstanceOf(BindingNotFoundException.class);
  }

  @Test
  void aUsersExecutorRunsTheCallsAndIsNotShutDown() throws Exception {
    AtomicReference<String> thread = new AtomicReference<>("");
    ExecutorService executor =
        Executors.newSingleThreadExecutor(task -> new Thread(task, "the-users-own"));
    try {
      OkHttpClient shared =
          new OkHttpClient.Builder()
              .addInterceptor(
                  chain -> {
                    thread.set(Thread.currentThread().getName());
                    return chain.proceed(chain.request());
                  })
              .build();
      fleet.proxy().answers(answered(200, "{}"));
      WorkerClient client = fleet.builder().executor(executor).okHttpClient(shared).build();

      client.service("APIMOM").get("/").executeAsync().get(5, TimeUnit.SECONDS);
      client.close();

      assertThat(thread).hasValue("the-users-own");
      assertThat(executor.isShutdown()).isFalse();
      assertThat(shared.dispatcher().executorService().isShutdown()).isFalse();
      assertThat(shared.connectionPool().connectionCount()).isEqualTo(1);
    } finally {
      executor.shutdown();
    }
  }

  static Stream<Throwable> refusals() {
    return Stream.of(
        new RejectedExecutionException("full"),
        new OutOfMemoryError("unable to create native thread"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void anExecutorThatRefusesFailsTheFutureAndGivesThePlaceBack(Throwable refusal) throws Exception {
    fleet.proxy().answers(answered(200, "{}"));
    AtomicInteger refusals = new AtomicInteger(1);
    WorkerService service =
        fleet.service(
            fleet
                .builder()
                .maxConcurrentCalls(1)
                .executor(
                    task -> {
                      if (refusals.getAndDecrement() > 0) {
                        throw AsyncTest.<RuntimeException>sneaky(refusal);
                      }
                      task.run();
                    }));

    assertThatThrownBy(() -> service.get("/").executeAsync().join())
        .hasCauseInstanceOf(WorkerCallException.class);
    assertThat(service.get("/").executeAsync().get(5, TimeUnit.SECONDS).status()).isEqualTo(200);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E sneaky(Throwable failure) throws E {
    throw (E) failure;
  }

  @Test
  void waitingInTheUsersExecutorCountsInTheDeadline() {
    WorkerService service = fleet.service(fleet.builder().executor(task -> {}));

    assertThatThrownBy(() -> service.get("/").timeout(Duration.ofMillis(100)).executeAsync().join())
        .hasCauseInstanceOf(WorkerTimeoutException.class);
  }

  @Test
  void aDependentThatBlocksHoldsUpNoOtherTimer() throws Exception {
    WorkerService service = fleet.service(fleet.builder().executor(task -> {}));
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<String> blocked =
        service
            .get("/")
            .timeout(Duration.ofMillis(50))
            .executeAsync()
            .handle(
                (response, failure) -> {
                  awaitQuietly(release);
                  return "released";
                });

    assertThatThrownBy(() -> service.get("/").timeout(Duration.ofMillis(200)).executeAsync().join())
        .hasCauseInstanceOf(WorkerTimeoutException.class);

    release.countDown();
    assertThat(blocked.get(5, TimeUnit.SECONDS)).isEqualTo("released");
  }

  /** Answers without a server, once the latch is down. */
  private OkHttpClient held(CountDownLatch started, CountDownLatch release) {
    return new OkHttpClient.Builder()
        .addInterceptor(
            chain -> {
              started.countDown();
              awaitQuietly(release);
              return new okhttp3.Response.Builder()
                  .request(chain.request())
                  .protocol(okhttp3.Protocol.HTTP_1_1)
                  .code(200)
                  .message("")
                  .header("Binding-Proxy-Outcome", "target-answered")
                  .build();
            })
        .build();
  }

  @Test
  void manyCallsThatWaitForAPlainPoolTakeNoThreadAndAllEnd() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ThreadPoolExecutor pool = (ThreadPoolExecutor) Executors.newCachedThreadPool();
    try {
      WorkerService service =
          fleet.service(
              fleet
                  .builder()
                  .maxConcurrentCalls(1)
                  .executor(pool)
                  .okHttpClient(held(started, release)));
      List<CompletableFuture<WorkerResponse>> calls = new ArrayList<>();
      for (int i = 0; i < 10_000; i++) {
        calls.add(service.get("/").executeAsync());
      }
      awaitQuietly(started);
      assertThat(pool.getPoolSize()).isEqualTo(1);
      release.countDown();

      CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void manyCallsThatWaitForAPoolWhichIsShutDownAreAllRefused() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ExecutorService pool = Executors.newCachedThreadPool();
    WorkerService service =
        fleet.service(
            fleet
                .builder()
                .maxConcurrentCalls(1)
                .executor(pool)
                .okHttpClient(held(started, release)));
    CompletableFuture<WorkerResponse> first = service.get("/").executeAsync();
    awaitQuietly(started);
    List<CompletableFuture<WorkerResponse>> waiting = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      waiting.add(service.get("/").executeAsync());
    }

    pool.shutdown();
    release.countDown();

    assertThat(first.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
    for (CompletableFuture<WorkerResponse> call : waiting) {
      assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(WorkerCallException.class);
    }
  }

  @Test
  void anExecutorThatRunsOnItsCallerMakesTheCallerWaitForAPlace() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    WorkerService service =
        fleet.service(
            fleet
                .builder()
                .maxConcurrentCalls(1)
                .executor(Runnable::run)
                .okHttpClient(held(started, release)));
    Queue<WorkerResponse> answers = new ConcurrentLinkedQueue<>();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Thread caller = new Thread(() -> answers.add(service.get("/").executeAsync().getNow(null)));
      caller.start();
      callers.add(caller);
    }
    awaitQuietly(started);

    release.countDown();
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(answers).hasSize(20).doesNotContainNull();
  }

  @Test
  void aCallWithinACallOfTheSameThreadNeedsNoPlaceOfItsOwn() throws Exception {
    fleet.proxy().answers(answered(200, "{}"));
    CompletableFuture<WorkerService> service = new CompletableFuture<>();
    CallListener reporting =
        new CallListener() {
          @Override
          public void callStarted(CallInfo call) {
            if (call.operation().equals("GET /outer")) {
              assertThat(service.join().get("/inner").executeAsync().isDone()).isTrue();
            }
          }
        };
    service.complete(
        fleet.service(
            fleet.builder().maxConcurrentCalls(1).executor(Runnable::run).listener(reporting)));

    service.join().get("/outer").executeAsync().get(5, TimeUnit.SECONDS);

    assertThat(fleet.proxy().requests())
        .extracting(request -> request.getTarget())
        .containsExactly("/inner", "/outer");
  }

  @Test
  void aCallThatIsCancelledWhileItsThreadWaitsForAPlaceFreesTheThread() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      WorkerService service =
          fleet.service(
              fleet
                  .builder()
                  .maxConcurrentCalls(1)
                  .executor(task -> pool.execute(task))
                  .okHttpClient(held(started, release)));
      CompletableFuture<WorkerResponse> first = service.get("/").executeAsync();
      awaitQuietly(started);
      CompletableFuture<WorkerResponse> second = service.get("/").executeAsync();

      second.cancel(true);

      pool.submit(() -> {}).get(5, TimeUnit.SECONDS);
      release.countDown();
      assertThat(first.get(5, TimeUnit.SECONDS).status()).isEqualTo(200);
      assertThat(service.get("/").executeAsync().get(5, TimeUnit.SECONDS).status()).isEqualTo(200);
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void aThreadThatIsInterruptedWhileItWaitsForAPlaceEndsTheCall() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    ExecutorService pool = Executors.newFixedThreadPool(2);
    WorkerService service =
        fleet.service(
            fleet
                .builder()
                .maxConcurrentCalls(1)
                .executor(
                    task ->
                        pool.execute(
                            () -> {
                              threads.add(Thread.currentThread());
                              task.run();
                            }))
                .okHttpClient(held(started, release)));
    CompletableFuture<WorkerResponse> first = service.get("/").executeAsync();
    awaitQuietly(started);
    threads.take();
    CompletableFuture<WorkerResponse> second = service.get("/").executeAsync();

    threads.take().interrupt();

    assertThatThrownBy(() -> second.get(5, TimeUnit.SECONDS))
        .hasCauseInstanceOf(WorkerCancelledException.class);
    release.countDown();
    assertThat(first.get(5, TimeUnit.SECONDS).status()).isEqualTo(200);
    pool.shutdown();
  }

  @Test
  void aStreamOutlivesTheCloseOfTheClient() throws Exception {
    fleet.proxy().answers(answered(200, "x".repeat(100_000)));
    WorkerClient client = fleet.builder().build();

    try (StreamingResponse response = client.service("APIMOM").get("/").executeStreaming()) {
      client.close();
      assertThat(response.stream().readAllBytes()).hasSize(100_000);
    }
  }

  @Test
  void anInterruptBeforeTheFirstAttemptIsHonouredAndTheFlagStays() {
    fleet.proxy().answers(answered(200, "{}"));
    WorkerService service = fleet.service();
    Thread.currentThread().interrupt();

    WorkerCancelledException failure =
        catchThrowableOfType(WorkerCancelledException.class, () -> service.post("/").execute());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
    assertThat(fleet.proxy().requests()).isEmpty();
  }

  @Test
  void anAnswerThatArrivesOnAnInterruptedThreadIsReturnedWithTheFlagSet() {
    fleet.proxy().answers(answered(200, "x".repeat(50_000)));

    WorkerResponse response = interruptedAtTheResponse().post("/").execute();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(response.bytes()).hasSize(50_000);
  }

  @Test
  void anInterruptDuringAFailingAttemptEndsTheCallBeforeTheNextRoute() {
    fleet.proxy().answers(bindingMissing());
    WorkerService service = interruptedAtTheResponse();

    WorkerCancelledException failure =
        catchThrowableOfType(WorkerCancelledException.class, () -> service.get("/").execute());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.attempts()).hasSize(1);
    assertThat(failure.failure(BindingNotFoundException.class)).isPresent();
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @Test
  void noThreadIsLeftAfterClose() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    fleet.proxy().answers(answered(200, "{}"));
    WorkerClient client = fleet.builder().build();
    client.service("APIMOM").get("/").executeAsync().get(5, TimeUnit.SECONDS);

    client.close();

    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("worker-client") && !before.contains(thread)) {
        thread.join(Duration.ofSeconds(5).toMillis());
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  /**
   * A service whose caller is interrupted when the response's headers are there. Done on the
   * caller's thread: from the server's it may come before the caller waits for the response, and
   * then OkHttp reads none.
   */
  private WorkerService interruptedAtTheResponse() {
    OkHttpClient interrupting =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  Response response = chain.proceed(chain.request());
                  Thread.currentThread().interrupt();
                  return response;
                })
            .build();
    return fleet.service(fleet.builder().okHttpClient(interrupting));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
