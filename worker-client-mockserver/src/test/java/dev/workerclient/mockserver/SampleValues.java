package dev.workerclient.mockserver;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.workerclient.AttemptInfo;
import dev.workerclient.BindingProxyBuilder;
import dev.workerclient.BodyCodec;
import dev.workerclient.CallInfo;
import dev.workerclient.CallListener;
import dev.workerclient.CircuitBreakerOptions;
import dev.workerclient.CustomDomainBuilder;
import dev.workerclient.DiagnosisReport;
import dev.workerclient.HealthReport;
import dev.workerclient.HedgingOptions;
import dev.workerclient.MultipartBody;
import dev.workerclient.RetryBudgetOptions;
import dev.workerclient.RetryOptions;
import dev.workerclient.ServiceBuilder;
import dev.workerclient.StreamingResponse;
import dev.workerclient.TypeRef;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerRequest;
import dev.workerclient.WorkerResponse;
import dev.workerclient.WorkerService;
import dev.workerclient.error.Attempt;
import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerCallException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerResponseException;
import dev.workerclient.health.BindingHealth;
import dev.workerclient.health.ProxyHealth;
import dev.workerclient.health.RouteDiagnosis;
import dev.workerclient.health.ServiceHealth;
import dev.workerclient.jackson.JacksonCodec;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.rpc.RpcBatch;
import dev.workerclient.rpc.RpcPromise;
import dev.workerclient.rpc.RpcSession;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.description.Description;
import org.assertj.core.description.TextDescription;
import org.jspecify.annotations.Nullable;

/** A value of each type that a public method has or takes: real ones, from a call to the mock. */
final class SampleValues implements AutoCloseable {
  private final Map<Class<?>, Object> values = new HashMap<>();
  private final WorkerClient client;
  private final StreamingResponse streaming;
  private final MockWebServer sessions = new MockWebServer();
  private @Nullable WorkerClient sessionClient;
  private @Nullable RpcSession session;

  SampleValues(MockWorkers workers) {
    ofTheJdk();
    ofLibraries();
    MockService service = workers.service("ORDERS");
    service.binding().answers(MockAnswer.json("{}"));
    ofBuilders();
    CallListener listener =
        new CallListener() {
          @Override
          public void attemptStarted(CallInfo call, AttemptInfo attempt) {
            put(CallInfo.class, call);
            put(AttemptInfo.class, attempt);
          }
        };
    client = workers.builder().listener(listener).build();
    WorkerService orders = client.service("ORDERS");
    WorkerResponse response = orders.get("/").execute();
    streaming = orders.get("/").executeStreaming();
    put(WorkerClient.class, client);
    put(WorkerService.class, orders);
    put(WorkerRequest.class, orders.post("/"));
    put(WorkerResponse.class, response);
    put(StreamingResponse.class, streaming);
    put(RpcBatch.class, Rpc.batch(orders));
    ofSessions();
    put(RpcPromise.class, RpcPromise.of("x"));
    put(MockWorkers.class, workers);
    put(MockService.class, service);
    put(MockRoute.class, service.binding());
    put(Schedule.class, service.binding().answers(MockAnswer.json("{}")));
    put(MockWorkersExtension.class, MockWorkersExtension.create());
    put(RecordedRequest.class, service.binding().requests().get(0));
    put(WorkerResponseAssert.class, WorkerAssertions.assertThatWorkerResponse(response));
    ofFailures();
  }

  /** A session with a server that takes it and says nothing. */
  private void ofSessions() {
    sessions.enqueue(new MockResponse.Builder().webSocketUpgrade(new Taker()).build());
    try {
      sessions.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    WorkerService ledger =
        sessionClient(
            WorkerClient.builder()
                .service(
                    "LEDGER",
                    own ->
                        own.customDomain(
                            "http://127.0.0.1:" + sessions.getPort(),
                            domain -> domain.rpcPath("/rpc"))));
    RpcSession.Builder builder = RpcSession.builder(ledger);
    put(RpcSession.Builder.class, builder);
    RpcSession opened = builder.open();
    session = opened;
    put(RpcSession.class, opened);
  }

  /** Closes when the client does: the server waits for that. */
  private static final class Taker extends WebSocketListener {
    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
      webSocket.close(code, reason);
    }
  }

  private WorkerService sessionClient(WorkerClient.Builder builder) {
    WorkerClient built = builder.build();
    sessionClient = built;
    return built.service("LEDGER");
  }

  private void ofBuilders() {
    WorkerClient.Builder builder = WorkerClient.builder();
    builder.bindingProxy("", proxy -> put(BindingProxyBuilder.class, proxy));
    builder.service(
        "OTHER",
        service -> {
          put(ServiceBuilder.class, service);
          service.customDomain("", domain -> put(CustomDomainBuilder.class, domain));
        });
    put(WorkerClient.Builder.class, builder);
  }

  private void ofTheJdk() {
    put(Object.class, "x");
    put(String.class, "/x");
    put(byte[].class, new byte[] {'{', '}'});
    put(Duration.class, Duration.ofSeconds(1));
    put(Instant.class, Instant.EPOCH);
    put(OptionalInt.class, OptionalInt.empty());
    put(List.class, List.of());
    put(Map.class, Map.of());
    put(Path.class, Path.of("x"));
    put(InputStream.class, new ByteArrayInputStream(new byte[0]));
    put(Class.class, String.class);
    put(Type.class, String.class);
    put(Throwable.class, new IllegalStateException());
    put(Executor.class, (Executor) Runnable::run);
    put(Callable.class, (Callable<Object>) () -> "x");
    put(Supplier.class, (Supplier<Object>) () -> "x");
    put(Consumer.class, (Consumer<Object>) value -> {});
    put(Function.class, (Function<Object, Object>) value -> value);
    put(CompletableFuture.class, new CompletableFuture<>());
    put(boolean.class, true);
    put(int.class, 200);
    put(long.class, 1L);
    put(double.class, 0.5);
  }

  private void ofLibraries() {
    put(OkHttpClient.class, new OkHttpClient());
    put(CircuitBreakerRegistry.class, CircuitBreakerRegistry.ofDefaults());
    put(RetryRegistry.class, RetryRegistry.ofDefaults());
    put(ObjectMapper.class, new ObjectMapper());
    put(ThrowingCallable.class, (ThrowingCallable) () -> {});
    put(Description.class, new TextDescription("x"));
    put(InetAddress.class, InetAddress.getLoopbackAddress());
    put(BodyCodec.class, new JacksonCodec());
    put(JacksonCodec.class, new JacksonCodec());
    put(TypeRef.class, new TypeRef<String>() {});
    put(CallListener.class, new CallListener() {});
    put(WorkerRequest.BodyWriter.class, (WorkerRequest.BodyWriter) out -> {});
    put(RetryOptions.class, RetryOptions.ofDefaults());
    put(RetryOptions.Builder.class, RetryOptions.builder());
    put(HedgingOptions.class, HedgingOptions.ofDefaults());
    put(HedgingOptions.Builder.class, HedgingOptions.builder());
    put(RetryBudgetOptions.class, RetryBudgetOptions.ofDefaults());
    put(RetryBudgetOptions.Builder.class, RetryBudgetOptions.builder());
    put(CircuitBreakerOptions.class, CircuitBreakerOptions.ofDefaults());
    put(CircuitBreakerOptions.Builder.class, CircuitBreakerOptions.builder());
    put(MultipartBody.Builder.class, MultipartBody.builder().textPart("x", "x"));
    put(MockAnswer.class, MockAnswer.json("{}"));
    put(Fault.class, Fault.error1042());
  }

  private void ofFailures() {
    ServiceError error = ServiceError.builder("ORDERS", "GET /", "WORKER_CALL").build();
    WorkerException failure = new WorkerCallException(error, null);
    put(ServiceError.class, error);
    put(ServiceError.Builder.class, ServiceError.builder("ORDERS", "GET /", "X"));
    put(Attempt.class, Attempt.builder("custom-domain").build());
    put(Attempt.Builder.class, Attempt.builder("custom-domain"));
    put(Diagnosis.class, Diagnosis.of("", "", ""));
    put(WorkerException.class, failure);
    put(
        WorkerResponseException.class,
        new WorkerResponseException(error, 404, Map.of(), new byte[0], type -> null, null));
    put(WorkerFailureAssert.class, WorkerAssertions.assertThatWorkerFailure(failure));
    put(
        WorkerCallAssert.class,
        WorkerAssertions.assertThatWorkerCall(
            () -> {
              throw failure;
            }));
    RouteDiagnosis route = new RouteDiagnosis("custom-domain", List.of());
    put(RouteDiagnosis.class, route);
    put(DiagnosisReport.class, client.service("ORDERS").diagnose());
    HealthReport report = client.health();
    put(HealthReport.class, report);
    put(ServiceHealth.class, report.service("ORDERS"));
    put(
        BindingHealth.class,
        new BindingHealth(
            "A",
            true,
            "",
            "",
            null,
            true,
            false,
            null,
            OptionalInt.empty(),
            Duration.ZERO,
            null,
            "",
            ""));
    put(ProxyHealth.class, Objects.requireNonNull(report.proxy()));
  }

  private void put(Class<?> type, Object value) {
    values.put(type, value);
  }

  /** Returns a value of that type, which may be a superclass or an array of one that is there. */
  Object of(Class<?> type) {
    Object value = values.get(type);
    if (value != null) {
      return value;
    }
    if (type.isArray()) {
      return Array.newInstance(type.getComponentType(), 0);
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    return values.values().stream()
        .filter(type::isInstance)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("add a sample of " + type.getName()));
  }

  @Override
  public void close() {
    streaming.close();
    client.close();
    Objects.requireNonNull(session).close();
    Objects.requireNonNull(sessionClient).close();
    sessions.close();
  }
}
