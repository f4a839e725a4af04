package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.hanging;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerResponseException;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Which thread the application's code runs on, and in whose context: the table of docs/calls.md.
 */
@Timeout(60)
class ThreadsAndContextTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final ExecutorService pool =
      Executors.newFixedThreadPool(2, task -> new Thread(task, "the-applications-pool"));
  private final Map<String, String> seen = new ConcurrentHashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  @AfterEach
  void shutDown() {
    pool.shutdownNow();
  }

  /** Notes where that code runs. */
  private void note(String what) {
    seen.put(what, Users.current() + " on " + Thread.currentThread().getName());
  }

  private final class NotingListener implements CallListener {
    @Override
    public void callStarted(CallInfo call) {
      note("callStarted");
    }

    @Override
    public void attemptStarted(CallInfo call, String route, int number) {
      note("attemptStarted");
    }

    @Override
    public void attemptEnded(CallInfo call, Attempt attempt) {
      note("attemptEnded");
    }

    @Override
    public void callEnded(
        CallInfo call,
        Duration elapsed,
        List<Attempt> attempts,
        @Nullable WorkerException failure) {
      note("callEnded");
      ended.countDown();
    }
  }

  private final class NotingCodec implements BodyCodec {
    @Override
    public String contentType() {
      return "application/json";
    }

    @Override
    public byte[] encode(Object value) {
      note("encode");
      return new byte[] {'1'};
    }

    @Override
    public Object decode(byte[] body, Type type) {
      note("decode");
      return 1;
    }

    @Override
    public @Nullable ServiceError decodeServiceError(byte[] body, String contentType) {
      note("decodeServiceError");
      return null;
    }
  }

  private WorkerService service() {
    return fleet.service(
        WorkerClient.builder()
            .bindingProxy(
                fleet.proxy().url(),
                proxy ->
                    proxy.bearerToken(
                        () -> {
                          note("bearerToken");
                          return "token";
                        }))
            .service(TestFleet.SERVICE, service -> service.healthPath("/health"))
            .maxConcurrentCalls(1)
            .executor(Users.capturing(pool))
            .listener(new NotingListener())
            .bodyCodec(new NotingCodec()));
  }

  private void as(String user, Runnable task) {
    Thread.currentThread().setName("the-callers-thread");
    Users.as(user, task);
  }

  private WorkerRequest put(WorkerService service) {
    return service
        .put("/")
        .body(
            () -> {
              note("body");
              return new ByteArrayInputStream(new byte[1]);
            },
            "text/plain");
  }

  @Test
  void aBlockingCallRunsAllOnItsCallersThread() {
    fleet.proxy().answers(answered(200, "{}"));
    WorkerService service = service();

    as(
        "ann",
        () -> {
          int unused = put(service).fetch(Integer.class);
          service.post("/").body(1).execute();
        });

    assertThat(seen)
        .containsOnlyKeys(
            "bearerToken",
            "body",
            "encode",
            "decode",
            "callStarted",
            "attemptStarted",
            "attemptEnded",
            "callEnded");
    assertThat(seen.values()).containsOnly("ann on the-callers-thread");
  }

  @Test
  void anAsyncCallRunsOnTheExecutorInItsCallersContext() {
    fleet.proxy().answers(answered(200, "{}"));
    WorkerService service = service();

    as(
        "ann",
        () -> {
          int unused = put(service).fetchAsync(Integer.class).join();
        });
    fleet.proxy().answers(answered(500, "{}"));
    as(
        "ann",
        () ->
            assertThatThrownBy(() -> put(service).fetchAsync(Integer.class).join())
                .hasCauseInstanceOf(WorkerResponseException.class));

    assertThat(seen)
        .containsOnlyKeys(
            "bearerToken",
            "body",
            "decode",
            "decodeServiceError",
            "callStarted",
            "attemptStarted",
            "attemptEnded",
            "callEnded");
    assertThat(seen.values()).containsOnly("ann on the-applications-pool");
  }

  @Test
  void aValueIsWrittenOnTheThreadThatBuildsTheRequest() {
    fleet.proxy().answers(answered(200, "{}"));
    WorkerService service = service();

    as("ann", () -> service.post("/").body(1).executeAsync().join());

    assertThat(seen).containsEntry("encode", "ann on the-callers-thread");
  }

  @Test
  void aDependentOfAFutureRunsWithTheCallOrWhereItIsAdded() {
    CountDownLatch release = new CountDownLatch(1);
    fleet
        .proxy()
        .answers(
            request -> {
              awaitQuietly(release);
              return answered(200, "{}");
            });
    WorkerService service = service();

    as(
        "ann",
        () -> {
          CompletableFuture<WorkerResponse> call = service.get("/").executeAsync();
          CompletableFuture<Void> early = call.thenAccept(response -> note("added before"));
          release.countDown();
          early.join();
          call.thenAccept(response -> note("added after")).join();
        });

    assertThat(seen)
        .containsEntry("added before", "ann on the-applications-pool")
        .containsEntry("added after", "ann on the-callers-thread");
  }

  @Test
  void aCallThatIsCancelledBeforeItRanIsReportedByTheCancellingThread() {
    CountDownLatch arrived = new CountDownLatch(1);
    fleet
        .proxy()
        .answers(
            request -> {
              arrived.countDown();
              return hanging();
            });
    WorkerService service = service();
    CompletableFuture<WorkerResponse> first = service.get("/").executeAsync();
    awaitQuietly(arrived);
    CompletableFuture<WorkerResponse> waiting = service.get("/").executeAsync();

    as("bob", () -> waiting.cancel(true));

    assertThat(seen).containsEntry("callEnded", "bob on the-callers-thread");
    first.cancel(true);
  }

  @Test
  void aCallWhoseTimeIsUpBeforeItRanIsReportedByATimersThreadInNobodysContext() throws Exception {
    WorkerService service =
        fleet.service(fleet.builder().executor(task -> {}).listener(new NotingListener()));

    as(
        "ann",
        () -> {
          CompletableFuture<WorkerResponse> unused =
              service.get("/").timeout(Duration.ofMillis(20)).executeAsync();
        });

    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(seen).containsEntry("callEnded", "nobody on worker-client-timeout");
  }

  @Test
  void healthAsksOnTheClientsOwnThreadsInNobodysContext() {
    fleet.proxy().answers(answered(200, "{}"));
    WorkerService service = service();
    try (WorkerClient client =
        WorkerClient.builder()
            .bindingProxy(
                fleet.proxy().url(),
                proxy ->
                    proxy.bearerToken(
                        () -> {
                          note("bearerToken");
                          return "token";
                        }))
            .service(TestFleet.SERVICE)
            .build()) {
      as("ann", client::health);
    }

    assertThat(seen.get("bearerToken")).startsWith("nobody on worker-client-health-");
    seen.clear();
    as("ann", service::diagnose);
    assertThat(seen).containsEntry("bearerToken", "ann on the-callers-thread");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
