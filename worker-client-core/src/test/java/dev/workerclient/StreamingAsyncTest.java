package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.hanging;
import static dev.workerclient.TestRoute.stalled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.error.BindingNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Async calls whose body is streamed: none is left open that nobody got. */
@Timeout(60)
class StreamingAsyncTest {
  private final ConnectionPool pool = new ConnectionPool();
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final CountDownLatch requested = new CountDownLatch(1);
  @RegisterExtension final TestFleet fleet = new TestFleet();

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  private WorkerService service(EventListener listener) {
    OkHttpClient http =
        new OkHttpClient.Builder().connectionPool(pool).eventListener(listener).build();
    return fleet.service(fleet.builder().okHttpClient(http).executor(executor));
  }

  @Test
  void itCompletesWhenTheHeadersAreThere() throws Exception {
    fleet.proxy().answers(stalled(answered(200, "x".repeat(100_000))));

    try (StreamingResponse response =
        service(EventListener.NONE).get("/").executeStreamingAsync().get(20, TimeUnit.SECONDS)) {
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.stream().readNBytes(10)).hasSize(10);
    }
  }

  @Test
  void aStreamIsReadWhileNoPlaceIsTaken() throws Exception {
    fleet.proxy().answers(answered(200, "body"));
    WorkerService service = fleet.service(fleet.builder().executor(executor).maxConcurrentCalls(1));
    List<StreamingResponse> open = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      open.add(service.get("/").executeStreamingAsync().get(20, TimeUnit.SECONDS));
    }

    for (StreamingResponse response : open) {
      try (response) {
        assertThat(response.stream().readAllBytes()).asString().isEqualTo("body");
      }
    }
  }

  @Test
  void aFailureCompletesIt() {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(bindingMissing());

    assertThatThrownBy(
            () ->
                fleet
                    .service(
                        WorkerClient.builder()
                            .bindingProxy(fleet.proxy().url())
                            .service(TestFleet.SERVICE))
                    .post("/")
                    .executeStreamingAsync()
                    .get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(BindingNotFoundException.class);
  }

  @Test
  void cancellingItCancelsTheHttpCall() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    fleet.proxy().answers(hanging());
    CompletableFuture<StreamingResponse> future =
        service(
                new EventListener() {
                  @Override
                  public void requestHeadersEnd(Call call, okhttp3.Request request) {
                    requested.countDown();
                  }

                  @Override
                  public void callFailed(Call call, IOException failure) {
                    failed.countDown();
                  }
                })
            .get("/")
            .executeStreamingAsync();
    assertThat(requested.await(20, TimeUnit.SECONDS)).isTrue();

    future.cancel(true);

    assertThat(failed.await(20, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  static Stream<Named<Consumer<CompletableFuture<StreamingResponse>>>> ends() {
    return Stream.of(
        Named.of("cancel", future -> future.cancel(true)),
        Named.of(
            "completed exceptionally",
            future -> future.completeExceptionally(new IllegalStateException("enough"))));
  }

  /** The future ends when the answer's headers are there, and before the call's thread has them. */
  @ParameterizedTest
  @MethodSource("ends")
  void aResponseThatNobodyGotIsClosed(Consumer<CompletableFuture<StreamingResponse>> end)
      throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    CompletableFuture<CompletableFuture<StreamingResponse>> made = new CompletableFuture<>();
    fleet
        .proxy()
        .answers(
            answered(200, "x".repeat(1_000_000))
                .newBuilder()
                .throttleBody(1000, 1, TimeUnit.SECONDS)
                .build());
    CallListener ending =
        new CallListener() {
          @Override
          public void callEnded(
              CallInfo call,
              java.time.Duration elapsed,
              List<dev.workerclient.error.Attempt> attempts,
              dev.workerclient.error.@org.jspecify.annotations.Nullable WorkerException failure) {
            end.accept(made.join());
            released.countDown();
          }
        };
    EventListener watching =
        new EventListener() {
          @Override
          public void connectionReleased(Call call, okhttp3.Connection connection) {
            closed.countDown();
          }
        };
    OkHttpClient http =
        new OkHttpClient.Builder().connectionPool(pool).eventListener(watching).build();
    WorkerService service =
        fleet.service(fleet.builder().okHttpClient(http).executor(executor).listener(ending));

    made.complete(service.get("/").executeStreamingAsync());

    assertThat(released.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(closed.await(20, TimeUnit.SECONDS)).as("the response was closed").isTrue();
    assertThat(made.join()).isCompletedExceptionally();
    assertThat(fleet.proxy().requests()).hasSize(1);
  }
}
