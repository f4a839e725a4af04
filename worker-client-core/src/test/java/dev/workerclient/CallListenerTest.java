package dev.workerclient;

import static dev.workerclient.Breakers.lost;
import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.dropped;
import static dev.workerclient.TestRoute.hanging;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listener sees of a call, and that it can't harm one. */
@Timeout(60)
class CallListenerTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();
  private final Recorder seen = new Recorder();

  private WorkerService service() {
    return fleet.service(timing.in(fleet.builder()).listener(seen));
  }

  @Test
  void aCallThatSucceeds() {
    fleet.proxy().answers(answered(404, "{}"));

    service().get("/v1/{name}", "x").execute();

    assertThat(seen.events)
        .containsExactly(
            "started",
            "attempt 1 binding-proxy",
            "ended binding-proxy 404 null",
            "call ended [binding-proxy] null");
    assertThat(seen.calls.get(0)).hasToString("APIMOM GET /v1/{name}");
  }

  @Test
  void aFallback() {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(200, "{}"));

    service().post("/").execute();

    assertThat(seen.events)
        .containsExactly(
            "started",
            "attempt 1 binding-proxy",
            "ended binding-proxy 404 BINDING_NOT_FOUND",
            "attempt 2 custom-domain",
            "ended custom-domain 200 null",
            "call ended [binding-proxy, custom-domain] null");
    assertThat(seen.calls).allMatch(call -> call == seen.calls.get(0));
  }

  @Test
  void aRetryThatFails() {
    fleet.proxy().answers(lost());
    fleet.domain().answers(dropped());

    assertThatThrownBy(() -> service().get("/").execute()).isInstanceOf(WorkerException.class);

    assertThat(seen.events)
        .containsExactly(
            "started",
            "attempt 1 binding-proxy",
            "ended binding-proxy 502 BINDING_PROXY",
            "attempt 2 custom-domain",
            "ended custom-domain 0 WORKER_CONNECTION",
            "attempt 3 binding-proxy",
            "ended binding-proxy 502 BINDING_PROXY",
            "call ended [binding-proxy, custom-domain, binding-proxy] BINDING_PROXY");
  }

  @Test
  void theFailureIsWhatTheCallerGets() {
    fleet.proxy().answers(lost());

    WorkerException failure =
        catchThrowableOfType(WorkerException.class, () -> service().post("/").execute());
    assertThat(seen.failures).containsExactly(failure);
  }

  @Test
  void anAsyncCall() {
    fleet.proxy().answers(answered(200, "{}"));

    service().get("/").executeAsync().join();

    assertThat(seen.events).hasSize(4).endsWith("call ended [binding-proxy] null");
  }

  @Test
  void aCancelledCall() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    fleet
        .proxy()
        .answers(
            request -> {
              arrived.countDown();
              return hanging();
            });
    CompletableFuture<WorkerResponse> future = service().get("/").executeAsync();
    assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();

    future.cancel(true);

    assertThat(seen.ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(seen.events)
        .containsExactly(
            "started",
            "attempt 1 binding-proxy",
            "ended binding-proxy 0 WORKER_CANCELLED",
            "call ended [binding-proxy] WORKER_CANCELLED");
  }

  /** Cancelled in the client's queue, in the executor's, or while its thread waits. */
  static Stream<Named<Executor>> executors() {
    return Stream.of(
        Named.of("a plain pool", Executors.newCachedThreadPool()),
        Named.of("one that starts nothing", task -> {}),
        Named.of("a thread for each call", task -> new Thread(task).start()));
  }

  @ParameterizedTest
  @MethodSource("executors")
  void aCallThatIsCancelledBeforeItRan(Executor executor) throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    fleet
        .proxy()
        .answers(
            request -> {
              arrived.countDown();
              return hanging();
            });
    WorkerService service =
        fleet.service(
            timing.in(fleet.builder()).maxConcurrentCalls(1).executor(executor).listener(seen));
    CompletableFuture<WorkerResponse> first = service.get("/").executeAsync();
    assertThat(arrived.await(1, TimeUnit.SECONDS) || seen.events.isEmpty()).isTrue();
    seen.events.clear();

    CompletableFuture<WorkerResponse> waiting = service.post("/").executeAsync();
    waiting.cancel(true);

    assertThat(seen.events).containsExactly("started", "call ended [] WORKER_CANCELLED");
    assertThat(seen.failures.get(0).delivery()).isEqualTo(Delivery.NOT_DELIVERED);
    first.cancel(true);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aListenerThatThrowsChangesNothing(boolean error) {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(200, "well"));
    AtomicInteger thrown = new AtomicInteger();
    seen.then =
        () -> {
          thrown.incrementAndGet();
          if (error) {
            throw new NoClassDefFoundError("the metrics library is not there");
          }
          throw new IllegalStateException("broken");
        };

    assertThat(service().get("/").execute().string()).isEqualTo("well");

    assertThat(thrown).hasValue(6);
    assertThat(fleet.domain().requests()).hasSize(1);
  }

  private static final class Recorder implements CallListener {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<CallInfo> calls = new CopyOnWriteArrayList<>();
    private final List<WorkerException> failures = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Runnable then = () -> {};

    @Override
    public void callStarted(CallInfo call) {
      note(call, "started");
    }

    @Override
    public void attemptStarted(CallInfo call, String route, int number) {
      note(call, "attempt " + number + " " + route);
    }

    @Override
    public void attemptEnded(CallInfo call, Attempt attempt) {
      String what = attempt.status().orElse(0) + " " + attempt.failure();
      note(call, "ended " + attempt.route() + " " + what);
    }

    @Override
    public void callEnded(
        CallInfo call,
        Duration elapsed,
        List<Attempt> attempts,
        @Nullable WorkerException failure) {
      if (failure != null) {
        failures.add(failure);
      }
      assertThat(elapsed).isPositive();
      List<String> routes = attempts.stream().map(Attempt::route).toList();
      String code = failure == null ? null : failure.serviceError().code();
      note(call, "call ended " + routes + " " + code);
      ended.countDown();
    }

    private void note(CallInfo call, String event) {
      calls.add(call);
      events.add(event);
      then.run();
    }
  }
}
