package dev.workerclient.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.workerclient.CircuitBreakerOptions;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkersExtension;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.rpc.RpcSession;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is counted, under which tags. */
@Timeout(60)
class WorkerMetricsTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private WorkerClient client;

  WorkerMetricsTest() {
    workers.service("ORDERS").optional();
    client = workers.builder().build();
  }

  private WorkerService orders(WorkerMetrics metrics) {
    client.close();
    client = workers.builder().listener(metrics).maxConcurrentCalls(2).build();
    metrics.bindTo(client);
    return client.service("ORDERS");
  }

  @AfterEach
  void close() {
    client.close();
  }

  private List<String> timers(String name) {
    return registry.find(name).timers().stream().map(WorkerMetricsTest::line).sorted().toList();
  }

  private static String line(Timer timer) {
    return timer.count() + tags(timer);
  }

  private static String tags(Meter meter) {
    StringBuilder line = new StringBuilder();
    for (Tag tag : meter.getId().getTags()) {
      line.append(' ').append(tag.getKey()).append('=').append(tag.getValue());
    }
    return line.toString();
  }

  @Test
  void anAnswerIsCountedByItsStatus() {
    workers
        .service("ORDERS")
        .binding()
        .answers(MockAnswer.json("{}"))
        .times(2)
        .thenAnswers(MockAnswer.status(404))
        .times(1)
        .thenAnswers(MockAnswer.status(500));
    WorkerService orders = orders(WorkerMetrics.of(registry));

    for (int i = 0; i < 4; i++) {
      orders.get("/v1/orders/{id}", i).execute();
    }

    String common = " error=none operation=GET /v1/orders/{id} outcome=%s route=binding-proxy";
    List<String> expected =
        List.of(
            "1" + common.formatted("CLIENT_ERROR") + " service=ORDERS",
            "1" + common.formatted("SERVER_ERROR") + " service=ORDERS",
            "2" + common.formatted("SUCCESS") + " service=ORDERS");
    assertThat(timers("worker.client.call")).isEqualTo(expected);
    assertThat(timers("worker.client.attempt")).isEqualTo(expected);
  }

  public interface Till {
    int total(int order);
  }

  @Test
  void aCallInAnRpcSessionIsTimedAndIsNoAttempt() {
    workers
        .service("ORDERS")
        .rpc(
            (Till)
                order -> {
                  if (order == 7) {
                    throw new IllegalArgumentException("no order 7");
                  }
                  return order;
                });
    WorkerService orders = orders(WorkerMetrics.of(registry));

    try (RpcSession session = Rpc.session(orders)) {
      Till till = session.of(Till.class);
      assertThat(till.total(1) + till.total(2)).isEqualTo(3);
      assertThatExceptionOfType(WorkerRpcException.class).isThrownBy(() -> till.total(7));
    }

    String opening =
        "1 error=none operation=RPC session outcome=SUCCESS route=binding-proxy service=ORDERS";
    assertThat(timers("worker.client.call"))
        .containsExactly(
            "1 error=WorkerRpcException operation=total outcome=WORKER_RPC route=binding-proxy"
                + " service=ORDERS",
            opening,
            "2 error=none operation=total outcome=SUCCESS route=binding-proxy service=ORDERS");
    assertThat(timers("worker.client.attempt")).containsExactly(opening);
  }

  @Test
  void aHedgeIsNeitherAFallbackNorAResend() {
    workers
        .service("ORDERS")
        .binding()
        .answers(MockAnswer.json("{}"))
        .times(20)
        .thenFails(Fault.hang());
    workers.service("ORDERS").customDomain().answers(MockAnswer.json("{}"));
    WorkerService orders = orders(WorkerMetrics.of(registry));

    for (int i = 0; i < 21; i++) {
      orders.get("/v1/orders/{id}", i).execute();
    }

    Meter hedges = registry.get("worker.client.hedges").counter();
    assertThat(tags(hedges))
        .isEqualTo(" operation=GET /v1/orders/{id} outcome=WON route=custom-domain service=ORDERS");
    assertThat(registry.find("worker.client.fallbacks").counters()).isEmpty();
    assertThat(registry.find("worker.client.resends").counters()).isEmpty();
    assertThat(timers("worker.client.call"))
        .containsExactly(
            "1 error=none operation=GET /v1/orders/{id} outcome=SUCCESS route=custom-domain"
                + " service=ORDERS",
            "20 error=none operation=GET /v1/orders/{id} outcome=SUCCESS route=binding-proxy"
                + " service=ORDERS");
  }

  @Test
  void aFallbackIsCountedByItsCause() {
    workers.service("ORDERS").binding().fails(Fault.bindingMissing());
    workers.service("ORDERS").customDomain().fails(Fault.error1042());
    WorkerService orders = orders(WorkerMetrics.of(registry));

    assertThatExceptionOfType(WorkerException.class).isThrownBy(() -> orders.get("/").execute());

    assertThat(counters("worker.client.fallbacks"))
        .containsExactly(
            "1.0 cause=BINDING_NOT_FOUND operation=GET / route=custom-domain service=ORDERS");
    assertThat(counters("worker.client.resends")).isEmpty();
    assertThat(timers("worker.client.call"))
        .containsExactly(
            "1 error=Error1042Exception operation=GET / outcome=ERROR_1042 route=custom-domain"
                + " service=ORDERS");
    assertThat(timers("worker.client.attempt"))
        .containsExactly(
            "1 error=FailedAttempt operation=GET / outcome=BINDING_NOT_FOUND route=binding-proxy"
                + " service=ORDERS",
            "1 error=FailedAttempt operation=GET / outcome=ERROR_1042 route=custom-domain"
                + " service=ORDERS");
  }

  @Test
  void aResendIsCountedByItsCause() {
    workers
        .service("ORDERS")
        .binding()
        .fails(Fault.networkLost())
        .times(2)
        .thenAnswers(MockAnswer.json("{}"));
    WorkerService orders = orders(WorkerMetrics.of(registry));

    orders.get("/").execute();

    assertThat(counters("worker.client.resends"))
        .containsExactly(
            "2.0 cause=BINDING_PROXY operation=GET / route=binding-proxy service=ORDERS");
    assertThat(counters("worker.client.fallbacks")).isEmpty();
  }

  private List<String> counters(String name) {
    return registry.find(name).counters().stream()
        .map(counter -> counter.count() + tags(counter))
        .toList();
  }

  @Test
  void aTagHasABoundedNumberOfOperations() {
    workers.service("ORDERS").binding().answers(MockAnswer.json("{}"));
    WorkerService orders = orders(WorkerMetrics.builder(registry).maxOperations(3).build());

    for (int i = 0; i < 10; i++) {
      orders.get("/v1/orders/" + i).execute();
    }
    orders.get("/v1/orders/1").execute();

    assertThat(timers("worker.client.call"))
        .extracting(line -> line.replaceAll(" outcome.*", ""))
        .containsExactly(
            "1 error=none operation=GET /v1/orders/0",
            "1 error=none operation=GET /v1/orders/2",
            "2 error=none operation=GET /v1/orders/1",
            "7 error=none operation=OTHER");
  }

  @Test
  void withoutTimersTheRestIsCounted() {
    workers.service("ORDERS").binding().fails(Fault.bindingMissing());
    workers.service("ORDERS").customDomain().answers(MockAnswer.json("{}"));
    WorkerService orders = orders(WorkerMetrics.builder(registry).timers(false).build());

    orders.get("/").execute();

    assertThat(registry.get("worker.client.fallbacks").counter().count()).isEqualTo(1);
    assertThat(registry.getMeters()).noneMatch(meter -> meter instanceof Timer);
  }

  @Test
  void gaugesTellTheStateOfBreakersBudgetAndAsyncCalls() throws Exception {
    CountDownLatch arrived = new CountDownLatch(2);
    workers.service("ORDERS").customDomain().answers(MockAnswer.json("{}"));
    workers
        .service("ORDERS")
        .binding()
        .answers(
            request -> {
              arrived.countDown();
              return MockAnswer.json("{}").withDelay(Duration.ofSeconds(30));
            });
    WorkerService orders = orders(WorkerMetrics.of(registry));
    assertThat(gauge("worker.client.retry.tokens", "service", "ORDERS")).isEqualTo(500);
    assertThat(breaker("binding-proxy", "closed")).isEqualTo(1);
    assertThat(breaker("custom-domain", "open")).isZero();

    List<CompletableFuture<?>> calls =
        IntStream.range(0, 5)
            .<CompletableFuture<?>>mapToObj(i -> orders.post("/").executeAsync())
            .toList();

    assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(gauge("worker.client.async.active")).isEqualTo(2);
    assertThat(gauge("worker.client.async.queued")).isEqualTo(3);
    assertThat(gauge("worker.client.async.max")).isEqualTo(2);
    calls.forEach(call -> call.cancel(true));
  }

  @Test
  void aClientThatIsBoundLaterTakesTheGaugesOver() {
    workers.service("ORDERS").binding();
    WorkerMetrics metrics = WorkerMetrics.of(registry);
    WorkerService unused = orders(metrics);
    assertThat(breaker("binding-proxy", "off")).isZero();

    try (WorkerClient other =
        workers
            .builder()
            .circuitBreaker(CircuitBreakerOptions.disabled())
            .maxConcurrentCalls(7)
            .build()) {
      metrics.bindTo(other);

      assertThat(breaker("binding-proxy", "off")).isEqualTo(1);
      assertThat(gauge("worker.client.async.max")).isEqualTo(7);
    }
    assertThat(unused.name()).isEqualTo("ORDERS");
  }

  private double breaker(String route, String state) {
    return gauge(
        "worker.client.breaker.state", "service", "ORDERS", "route", route, "state", state);
  }

  private double gauge(String name, String... tags) {
    return registry.get(name).tags(tags).gauge().value();
  }

  @Test
  void atLeastOneOperationIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkerMetrics.builder(registry).maxOperations(0).build())
        .withMessage("maxOperations was given 0; write 1 or more, such as 100");
  }
}
