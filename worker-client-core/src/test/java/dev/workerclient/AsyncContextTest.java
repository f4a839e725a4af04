package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An async call runs in its own caller's context, however long it waited. */
@Timeout(240)
class AsyncContextTest {
  private static final int CALLERS = 20;
  private static final int CALLS_EACH = 50;

  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final List<ExecutorService> pools = new ArrayList<>();

  @AfterEach
  void shutDown() {
    pools.forEach(ExecutorService::shutdownNow);
  }

  static Stream<Arguments> executorsAndLimits() {
    List<Named<Supplier<Executor>>> executors =
        List.of(
            Named.of("a pool of 4", () -> Executors.newFixedThreadPool(4)),
            Named.of("a pool of 300", () -> Executors.newFixedThreadPool(300)),
            Named.of("a cached pool", Executors::newCachedThreadPool),
            Named.of("the caller's thread", () -> Runnable::run),
            Named.of("a busy CallerRunsPolicy", AsyncContextTest::busyCallerRuns),
            Named.of("a thread for each call", AsyncContextTest::threadPerTask));
    return executors.stream()
        .flatMap(executor -> Stream.of(1, 8, 256).map(limit -> Arguments.of(executor, limit)));
  }

  private static ExecutorService busyCallerRuns() {
    return new ThreadPoolExecutor(
        2,
        2,
        1,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(2),
        new ThreadPoolExecutor.CallerRunsPolicy());
  }

  /** Virtual threads if the JVM has them. */
  private static Executor threadPerTask() {
    try {
      return (Executor) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      return task -> new Thread(task).start();
    }
  }

  @ParameterizedTest(name = "{0}, {1} at once")
  @MethodSource("executorsAndLimits")
  void eachOf1000CallsSendsItsOwnCallersToken(Supplier<Executor> executors, int limit)
      throws Exception {
    fleet.proxy().answers(answered(200, ""));
    Executor executor = executors.get();
    if (executor instanceof ExecutorService pool) {
      pools.add(pool);
    }
    WorkerService service = service(Users.capturing(executor), limit);
    ConcurrentLinkedQueue<CompletableFuture<WorkerResponse>> calls = new ConcurrentLinkedQueue<>();
    CountDownLatch started = new CountDownLatch(CALLERS);
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      String user = "user-" + i;
      callers.add(
          new Thread(
              () -> {
                started.countDown();
                for (int call = 0; call < CALLS_EACH; call++) {
                  Users.as(user, () -> calls.add(service.get("/{user}", user).executeAsync()));
                }
              }));
    }
    callers.forEach(Thread::start);
    for (Thread caller : callers) {
      caller.join();
    }
    CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(100, TimeUnit.SECONDS);

    assertThat(fleet.proxy().requests()).hasSize(CALLERS * CALLS_EACH);
    assertThat(wrong()).isEmpty();
  }

  /**
   * Virtual threads inherit from their own caller; platform threads serve many, and inherit none.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 8, 256})
  void theClientsOwnThreadsNeverShowAnotherUser(int limit) throws Exception {
    fleet.proxy().answers(answered(200, ""));
    WorkerService service =
        fleet.service(
            WorkerClient.builder()
                .bindingProxy(
                    fleet.proxy().url(),
                    proxy -> proxy.bearerToken(() -> "token-of-" + Users.inherited()))
                .service(TestFleet.SERVICE)
                .adaptiveAttemptTimeout(false) // Each call counts as one request.
                .callTimeout(Duration.ofSeconds(90))
                .maxConcurrentCalls(limit));
    List<CompletableFuture<WorkerResponse>> calls = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      String user = "user-" + i;
      Users.inheritably(user, () -> calls.add(service.get("/{user}", user).executeAsync()));
    }
    CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(100, TimeUnit.SECONDS);

    assertThat(fleet.proxy().requests()).hasSize(1000);
    assertThat(wrong().stream().filter(text -> !text.endsWith(" nobody"))).isEmpty();
  }

  private WorkerService service(Executor executor, int limit) {
    WorkerClient.Builder builder =
        WorkerClient.builder()
            .bindingProxy(
                fleet.proxy().url(),
                proxy -> proxy.bearerToken(() -> "token-of-" + Users.current()))
            .service(TestFleet.SERVICE)
            .adaptiveAttemptTimeout(false) // Each call counts as one request.
            .callTimeout(Duration.ofSeconds(90))
            .attemptTimeout(Duration.ofSeconds(30))
            .maxConcurrentCalls(limit)
            .executor(executor);
    return fleet.service(builder);
  }

  /** What the server got with the token of another user than the path's. */
  private List<String> wrong() {
    return fleet.proxy().requests().stream()
        .filter(request -> !request.getTarget().substring(1).equals(userOfToken(request)))
        .map(request -> request.getTarget() + " with the token of " + userOfToken(request))
        .toList();
  }

  private static String userOfToken(RecordedRequest request) {
    String token = request.getHeaders().get("Binding-Proxy-Authorization");
    return String.valueOf(token).replace("Bearer token-of-", "");
  }
}
