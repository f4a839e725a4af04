package dev.workerclient.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.workerclient.WorkerClient;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkersExtension;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.rpc.RpcName;
import dev.workerclient.rpc.RpcSession;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What spans carry. */
@Timeout(60)
@SuppressWarnings("try") // Scopes.
class WorkerTelemetryTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();
  private final Tracing tracing = Tracing.inMemory();

  @AfterEach
  void close() {
    assertThat(Span.current().getSpanContext().isValid()).isFalse();
    tracing.close();
  }

  private void call(WorkerTelemetry telemetry) {
    try (WorkerClient client = workers.builder().listener(telemetry).build()) {
      client.service("ORDERS").get("/v1/orders/{id}", 7).query("token", "s3cret").execute();
    }
  }

  private static void fallback() {
    workers.service("ORDERS").binding().fails(Fault.bindingMissing());
    workers
        .service("ORDERS")
        .customDomain()
        .answers(MockAnswer.json("{}").withHeader("cf-ray", "8f1b2c3d4e5f6a7b-FRA"));
  }

  private static Map<String, Object> attributes(SpanData span) {
    Map<String, Object> attributes = new TreeMap<>();
    span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
    return attributes;
  }

  @Test
  void attributesOfAttempts() {
    fallback();

    call(WorkerTelemetry.of(tracing.sdk()));

    String url = workers.customDomainUrl("ORDERS");
    SpanData first = tracing.spans().get(0);
    assertThat(first.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(first.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(attributes(first))
        .containsEntry("error.type", "BINDING_NOT_FOUND")
        .containsEntry("worker.route", "binding-proxy")
        .containsEntry("worker.delivery", "NOT_DELIVERED")
        .doesNotContainKey("http.request.resend_count");
    SpanData second = tracing.spans().get(1);
    assertThat(second.getName()).isEqualTo("GET /v1/orders/{id}");
    assertThat(second.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(second.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(attributes(second))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("http.request.method", "GET"),
                Map.entry("http.request.resend_count", 1L),
                Map.entry("http.response.status_code", 200L),
                Map.entry("server.address", "127.0.0.1"),
                Map.entry("server.port", (long) URI.create(url).getPort()),
                Map.entry("url.full", url + "/v1/orders/7?token=REDACTED"),
                Map.entry("url.template", "/v1/orders/{id}"),
                Map.entry("worker.service", "ORDERS"),
                Map.entry("worker.route", "custom-domain"),
                Map.entry("worker.delivery", "DELIVERED"),
                Map.entry("cf.ray", "8f1b2c3d4e5f6a7b-FRA")));
  }

  public interface Till {
    int total(int order);

    @RpcName("total")
    CompletableFuture<Integer> totalLater(int order);
  }

  @Test
  void aCallInAnRpcSessionIsASpanOfTheCallersTrace() throws Exception {
    workers.service("ORDERS").rpc(new Total());
    Span caller = tracing.sdk().getTracer("test").spanBuilder("checkout").startSpan();
    try (WorkerClient client =
            workers.builder().listener(WorkerTelemetry.of(tracing.sdk())).build();
        RpcSession session = Rpc.session(client.service("ORDERS"))) {
      int opening = tracing.spans().size();
      Till till = session.of(Till.class);
      try (Scope unused = caller.makeCurrent()) {
        assertThat(till.total(1)).isEqualTo(1);
        assertThat(till.totalLater(2).get(10, TimeUnit.SECONDS)).isEqualTo(2);
        assertThatExceptionOfType(WorkerRpcException.class).isThrownBy(() -> till.total(7));
      }

      List<SpanData> calls = tracing.spans().subList(opening, opening + 3);
      assertThat(calls)
          .allSatisfy(
              span -> {
                assertThat(span.getName()).isEqualTo("ORDERS total");
                assertThat(span.getParentSpanId()).isEqualTo(caller.getSpanContext().getSpanId());
                assertThat(attributes(span))
                    .containsEntry("worker.route", "binding-proxy")
                    .containsEntry("worker.delivery", "DELIVERED");
              });
      assertThat(calls)
          .extracting(span -> span.getStatus().getStatusCode())
          .containsExactly(StatusCode.UNSET, StatusCode.UNSET, StatusCode.ERROR);
    } finally {
      caller.end();
    }
  }

  public static final class Total implements Till {
    @Override
    public int total(int order) {
      if (order == 7) {
        throw new IllegalArgumentException("no order 7");
      }
      return order;
    }

    @Override
    public CompletableFuture<Integer> totalLater(int order) {
      return CompletableFuture.completedFuture(order);
    }
  }

  @Test
  void anAttemptAndItsHedgeAreSiblings() {
    workers
        .service("ORDERS")
        .binding()
        .answers(MockAnswer.json("{}"))
        .times(20)
        .thenFails(Fault.hang());
    workers.service("ORDERS").customDomain().answers(MockAnswer.json("{}"));

    try (WorkerClient client =
        workers.builder().listener(WorkerTelemetry.of(tracing.sdk())).build()) {
      for (int i = 0; i < 21; i++) {
        client.service("ORDERS").get("/v1/orders/{id}", i).execute();
      }
    }

    List<SpanData> last = tracing.spans().subList(2 * 20, 2 * 20 + 3);
    SpanData hedge = last.get(0);
    SpanData late = last.get(1);
    SpanData call = last.get(2);
    assertThat(attributes(hedge))
        .containsEntry("worker.hedge", true)
        .containsEntry("worker.route", "custom-domain")
        .containsEntry("http.response.status_code", 200L);
    assertThat(attributes(late))
        .containsEntry("worker.route", "binding-proxy")
        .containsEntry("error.type", "WORKER_CANCELLED")
        .doesNotContainKey("worker.hedge");
    assertThat(attributes(call)).containsEntry("worker.route", "custom-domain");
    assertThat(hedge.getParentSpanId()).isEqualTo(call.getSpanId());
    assertThat(late.getParentSpanId()).isEqualTo(call.getSpanId());
  }

  @Test
  void attributesOfCalls() {
    fallback();

    call(WorkerTelemetry.of(tracing.sdk()));

    SpanData call = tracing.spans().get(2);
    assertThat(call.getName()).isEqualTo("ORDERS GET /v1/orders/{id}");
    assertThat(call.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(attributes(call))
        .isEqualTo(
            Map.of(
                "worker.service", "ORDERS",
                "worker.operation", "GET /v1/orders/{id}",
                "worker.route", "custom-domain",
                "worker.delivery", "DELIVERED",
                "cf.ray", "8f1b2c3d4e5f6a7b-FRA"));
  }

  @Test
  void anAnswerWithAnErrorStatusIsAnErrorOfTheAttemptAlone() {
    workers.service("ORDERS").binding().answers(MockAnswer.status(404));

    call(WorkerTelemetry.of(tracing.sdk()));

    assertThat(attributes(tracing.spans().get(0))).containsEntry("error.type", "404");
    assertThat(tracing.spans().get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(attributes(tracing.spans().get(1))).doesNotContainKey("error.type");
    assertThat(tracing.spans().get(1).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
  }

  @Test
  void aFailureIsAnErrorOfBoth() {
    workers.service("ORDERS").customDomain().fails(Fault.resetBeforeAnswer());

    assertThatExceptionOfType(WorkerException.class)
        .isThrownBy(() -> call(WorkerTelemetry.of(tracing.sdk())));

    SpanData call = tracing.spans().get(tracing.spans().size() - 1);
    assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(call.getStatus().getDescription()).isEqualTo("WORKER_CONNECTION");
    assertThat(call.getEvents()).hasSize(1);
    for (SpanData span : tracing.spans()) {
      assertThat(attributes(span)).containsEntry("error.type", "WORKER_CONNECTION");
    }
  }

  @Test
  void valuesOfAQueryAreThereIfAskedFor() {
    fallback();

    call(WorkerTelemetry.builder(tracing.sdk()).queryValues(true).build());

    assertThat(attributes(tracing.spans().get(1)).get("url.full"))
        .isEqualTo(workers.customDomainUrl("ORDERS") + "/v1/orders/7?token=s3cret");
  }

  @Test
  void aCallThatIsCancelledBeforeItRan() {
    CountDownLatch arrived = new CountDownLatch(1);
    workers
        .service("ORDERS")
        .binding()
        .answers(
            request -> {
              arrived.countDown();
              return MockAnswer.json("{}").withDelay(Duration.ofSeconds(30));
            });
    ExecutorService pool = Executors.newFixedThreadPool(1);
    try (WorkerClient client =
        workers.builder().executor(pool).listener(WorkerTelemetry.of(tracing.sdk())).build()) {
      CompletableFuture<?> running = client.service("ORDERS").get("/").executeAsync();
      assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
      client.service("ORDERS").get("/second").executeAsync().cancel(true);

      assertThat(tracing.spans())
          .extracting(SpanData::getName)
          .containsExactly("ORDERS GET /second");
      assertThat(attributes(tracing.spans().get(0)))
          .containsEntry("error.type", "WORKER_CANCELLED")
          .containsEntry("worker.delivery", "NOT_DELIVERED");
      running.cancel(true);
      assertThat(pool.submit(() -> Span.current().getSpanContext().isValid()).get()).isFalse();
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      pool.shutdownNow();
    }
  }

  /** A field that would overwrite a credential. */
  @Test
  void aHeaderThatIsRefusedLeavesTheOthers() {
    workers.service("ORDERS").binding().answers(MockAnswer.json("{}"));
    TextMapPropagator hostile =
        new TextMapPropagator() {
          @Override
          public Collection<String> fields() {
            return List.of("Authorization");
          }

          @Override
          public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
            setter.set(carrier, "Authorization", "stolen");
          }

          @Override
          public <C> Context extract(
              Context context, @Nullable C carrier, TextMapGetter<C> getter) {
            return context;
          }
        };
    OpenTelemetrySdk own = tracing.sdk();
    OpenTelemetrySdk sdk =
        OpenTelemetrySdk.builder()
            .setTracerProvider(own.getSdkTracerProvider())
            .setPropagators(
                ContextPropagators.create(
                    TextMapPropagator.composite(
                        hostile, own.getPropagators().getTextMapPropagator())))
            .build();

    call(WorkerTelemetry.of(sdk));

    assertThat(workers.service("ORDERS").binding().requests().get(0).header("traceparent"))
        .isNotNull();
  }

  @Test
  void httpClientDurationIsMeasuredAsTheInstrumentationWould() {
    fallback();
    InMemoryMetricReader reader = InMemoryMetricReader.create();
    try (OpenTelemetrySdk sdk =
        OpenTelemetrySdk.builder()
            .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
            .build()) {
      call(WorkerTelemetry.of(sdk));

      var metric = Objects.requireNonNull(reader.collectAllMetrics().iterator().next());
      assertThat(metric.getName()).isEqualTo("http.client.request.duration");
      assertThat(metric.getHistogramData().getPoints()).hasSize(2);
    }
  }

  @Test
  void withoutAnSdkNothingIsMade() {
    fallback();

    call(WorkerTelemetry.of(OpenTelemetry.noop()));

    assertThat(workers.service("ORDERS").customDomain().requests().get(0).header("traceparent"))
        .isNull();
  }

  @Test
  void ofTwoListenersTheFirstMakesSpans() {
    fallback();
    WorkerTelemetry telemetry = WorkerTelemetry.of(tracing.sdk());
    try (WorkerClient client =
        workers.builder().listener(telemetry).listener(WorkerTelemetry.of(tracing.sdk())).build()) {
      client.service("ORDERS").get("/").execute();
    }

    assertThat(tracing.spans()).hasSize(3);
  }
}
