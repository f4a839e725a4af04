package dev.workerclient.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.workerclient.WorkerClient;
import dev.workerclient.error.WorkerException;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkersExtension;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.instrumentation.api.instrumenter.Instrumenter;
import io.opentelemetry.instrumentation.api.instrumenter.SpanKindExtractor;
import io.opentelemetry.instrumentation.api.semconv.http.HttpClientAttributesExtractor;
import io.opentelemetry.instrumentation.api.semconv.http.HttpClientAttributesGetter;
import io.opentelemetry.instrumentation.api.semconv.http.HttpClientRequestResendCount;
import io.opentelemetry.instrumentation.okhttp.v3_0.internal.ConnectionErrorSpanInterceptor;
import io.opentelemetry.instrumentation.okhttp.v3_0.internal.OkHttpClientInstrumenterBuilderFactory;
import io.opentelemetry.instrumentation.okhttp.v3_0.internal.TracingInterceptor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With OpenTelemetry's own instrumentation of OkHttp, as its Java agent installs it. */
@SuppressWarnings("try") // Scopes.
@Timeout(60)
class OkHttpInstrumentationTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();
  private final Tracing tracing = Tracing.inMemory();
  private final Instrumenter<Interceptor.Chain, Response> instrumenter =
      OkHttpClientInstrumenterBuilderFactory.create(tracing.sdk()).build();
  private final OkHttpClient http =
      new OkHttpClient.Builder()
          .addInterceptor(OkHttpInstrumentationTest::counting)
          .addInterceptor(new ConnectionErrorSpanInterceptor(instrumenter))
          .addNetworkInterceptor(
              new TracingInterceptor(instrumenter, tracing.sdk().getPropagators()))
          .build();

  private static Response counting(Interceptor.Chain chain) throws IOException {
    Context context = HttpClientRequestResendCount.initialize(Context.current());
    try (Scope unused = context.makeCurrent()) {
      return chain.proceed(chain.request());
    }
  }

  @AfterEach
  void close() {
    tracing.close();
  }

  private List<String> names() {
    return tracing.spans().stream().map(SpanData::getName).toList();
  }

  private WorkerClient client() {
    return workers.builder().okHttpClient(http).listener(WorkerTelemetry.of(tracing.sdk())).build();
  }

  @Test
  void anAttemptHasOneSpan() {
    workers.service("ORDERS").binding().fails(Fault.bindingMissing());
    workers.service("ORDERS").customDomain().answers(MockAnswer.json("{}"));

    try (WorkerClient client = client()) {
      client.service("ORDERS").get("/v1").execute();
      client.service("ORDERS").get("/v1").executeAsync().join();
    }

    assertThat(names())
        .containsExactly(
            "GET /v1", "GET /v1", "ORDERS GET /v1", "GET /v1", "GET /v1", "ORDERS GET /v1");
    assertThat(workers.service("ORDERS").customDomain().requests().get(0).header("traceparent"))
        .contains(tracing.spans().get(1).getSpanId());
  }

  @Test
  void anAttemptWithoutAResponseToo() {
    workers.service("ORDERS").binding().fails(Fault.resetBeforeAnswer());

    try (WorkerClient client = client()) {
      assertThatExceptionOfType(WorkerException.class)
          .isThrownBy(() -> client.service("ORDERS").post("/v1").execute());
    }

    assertThat(names()).containsExactly("POST /v1", "ORDERS POST /v1");
  }

  /** That the instrumentation is there at all. */
  @Test
  void withoutOursTheInstrumentationMakesOne() throws Exception {
    workers.service("ORDERS").binding().answers(MockAnswer.json("{}"));
    try (WorkerClient client = workers.builder().okHttpClient(http).build()) {
      client.service("ORDERS").get("/v1").execute();
    }

    assertThat(names()).containsExactly("GET");
  }

  /** As below an instrumented RestClient or Feign. */
  @Test
  void belowAnAdaptersHttpSpanAttemptsHaveTheirOwn() throws Exception {
    workers.service("ORDERS").binding().answers(MockAnswer.json("{}"));
    Instrumenter<Request, Response> adapter =
        Instrumenter.<Request, Response>builder(tracing.sdk(), "adapter", request -> "adapter")
            .addAttributesExtractor(HttpClientAttributesExtractor.create(new RequestAttributes()))
            .buildInstrumenter(SpanKindExtractor.alwaysClient());
    Request request = new Request.Builder().url("http://localhost/").build();
    Context context = adapter.start(Context.current(), request);
    try (Scope unused = context.makeCurrent();
        WorkerClient client = client()) {
      client.service("ORDERS").get("/v1").execute();
    }
    adapter.end(context, request, null, null);

    assertThat(names()).containsExactly("GET /v1", "ORDERS GET /v1", "adapter");
    assertThat(tracing.spans().get(1).getParentSpanId())
        .isEqualTo(Span.fromContext(context).getSpanContext().getSpanId());
  }

  private static final class RequestAttributes
      implements HttpClientAttributesGetter<Request, Response> {
    @Override
    public String getUrlFull(Request request) {
      return request.url().toString();
    }

    @Override
    public String getServerAddress(Request request) {
      return request.url().host();
    }

    @Override
    public Integer getServerPort(Request request) {
      return request.url().port();
    }

    @Override
    public String getHttpRequestMethod(Request request) {
      return request.method();
    }

    @Override
    public List<String> getHttpRequestHeader(Request request, String name) {
      return request.headers(name);
    }

    @Override
    public Integer getHttpResponseStatusCode(
        Request request, Response response, @Nullable Throwable error) {
      return response.code();
    }

    @Override
    public List<String> getHttpResponseHeader(Request request, Response response, String name) {
      return response.headers(name);
    }
  }
}
