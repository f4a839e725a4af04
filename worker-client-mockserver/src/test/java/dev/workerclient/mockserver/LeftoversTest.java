package dev.workerclient.mockserver;

import static dev.workerclient.mockserver.MockAnswer.json;
import static dev.workerclient.mockserver.MockAnswer.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.workerclient.StreamingResponse;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerResponse;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a test leaves behind: bodies in their middle, calls that run on, connections. */
@Timeout(30)
class LeftoversTest {
  private final MockWorkers workers = MockWorkers.start();

  @AfterEach
  void close() {
    workers.reset();
    workers.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBodyThatWaitsBreaksOffWithTheReset(boolean stalled) throws IOException {
    MockAnswer whole = text("first half");
    workers
        .service("APIMOM")
        .binding()
        .answers(stalled ? whole.stalledAfter(5) : whole.withPieces(5, Duration.ofHours(1)));
    try (StreamingResponse response =
        workers.client().service("APIMOM").get("/").executeStreaming()) {
      assertThat(response.stream().readNBytes(5)).isEqualTo("first".getBytes(UTF_8));
      workers.reset();
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> response.stream().read());
    }
  }

  @Test
  void anAnswerMayBeDelayedForEver() {
    MockRoute binding = workers.service("APIMOM").binding();
    binding.answers(text("never").withDelay(ChronoUnit.FOREVER.getDuration()));
    CompletableFuture<WorkerResponse> waiting =
        workers.client().service("APIMOM").post("/").executeAsync();
    awaitRequest(binding);
    workers.reset();
    assertThat(waiting)
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableThat()
        .withCauseInstanceOf(WorkerConnectionException.class);
  }

  @Test
  void aCallThatHungIsNotSentAgainIntoTheNextTest() {
    for (int round = 0; round < 20; round++) {
      MockRoute binding = workers.service("APIMOM").binding();
      binding.fails(Fault.hang());
      CompletableFuture<WorkerResponse> hung =
          workers.client().service("APIMOM").get("/").executeAsync();
      awaitRequest(binding);
      workers.closeClients();
      workers.reset();
      assertThat(hung).failsWithin(Duration.ofSeconds(5));
      assertThat(workers.unexpectedRequests()).isEmpty();
    }
  }

  @Test
  void callsThatATestDoesNotWaitForComeIntoNoOther() {
    Samples.run(WaitsForNone.class)
        .testEvents()
        .assertStatistics(events -> events.succeeded(40).failed(0));
  }

  static class WaitsForNone {
    @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

    @RepeatedTest(40)
    void callsAndGoes() {
      MockRoute binding = workers.service("APIMOM").binding();
      binding.answers(json("{}"));
      WorkerClient client = workers.client();
      for (int i = 0; i < 5; i++) {
        CompletableFuture<WorkerResponse> unused = client.service("APIMOM").get("/").executeAsync();
      }
      awaitRequest(binding);
    }
  }

  @Test
  void noRequestThatComesWhileTheMockClosesHoldsItUp() {
    for (int round = 0; round < 20; round++) {
      MockWorkers closing = MockWorkers.start();
      MockRoute binding = closing.service("APIMOM").binding();
      binding.fails(Fault.hang());
      try (WorkerClient client = closing.builder().build()) {
        for (int i = 0; i < 40; i++) {
          CompletableFuture<WorkerResponse> unused =
              client.service("APIMOM").get("/").executeAsync();
        }
        awaitRequest(binding);
        closing.close();
      }
    }
  }

  @Test
  void severalThreadsMayCloseAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 50; round++) {
        MockWorkers closing = MockWorkers.start();
        closing.service("APIMOM").binding().answers(text("x"));
        closing.client().service("APIMOM").get("/").execute();
        List<Future<?>> closes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          closes.add(threads.submit(closing::close));
        }
        for (Future<?> each : closes) {
          each.get();
        }
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aConnectionThatBreaksLeavesNoFileOpen() throws IOException {
    assumeTrue(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean);
    MockRoute binding = workers.service("APIMOM").binding();
    WorkerClient client = workers.client();
    long before = openFiles();
    for (int i = 0; i < 20; i++) {
      CountDownLatch givenUp = new CountDownLatch(1);
      binding.answers(request -> after(givenUp, text("late")));
      assertThatExceptionOfType(WorkerException.class)
          .isThrownBy(
              () -> client.service("APIMOM").post("/").timeout(Duration.ofMillis(5)).execute());
      givenUp.countDown();
      binding.answers(text("first half").stalledAfter(5));
      try (StreamingResponse response = client.service("APIMOM").get("/").executeStreaming()) {
        assertThat(response.stream().readNBytes(5)).hasSize(5);
      }
      workers.reset();
      binding = workers.service("APIMOM").binding();
    }
    await(() -> openFiles() < before + 20);
  }

  private static MockAnswer after(CountDownLatch latch, MockAnswer answer) {
    try {
      latch.await();
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static long openFiles() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }

  private static void awaitRequest(MockRoute route) {
    await(() -> !route.requests().isEmpty());
  }

  private static void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      Thread.onSpinWait();
    }
  }
}
