package dev.workerclient.benchmarks.parts;

import dev.workerclient.CircuitBreakerOptions;
import dev.workerclient.RetryOptions;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerRequest;
import dev.workerclient.WorkerService;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A call whose answer is there at once: by raw OkHttp, and by the library with parts left out. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CallBenchmark {
  private static final String ORIGIN = "https://api-mom.example.com";
  private static final String NAME = "small";

  private final OkHttpClient okHttp = CannedAnswer.client();
  private final OkHttpClient timed =
      okHttp.newBuilder().callTimeout(Duration.ofSeconds(10)).build();
  private final HttpUrl url = HttpUrl.get(ORIGIN + "/v1/capabilities/" + NAME);
  private final WorkerService whole = service(builder());
  private final WorkerService noBreaker =
      service(builder().circuitBreaker(CircuitBreakerOptions.disabled()));
  private final WorkerService noRetry = service(builder().retry(RetryOptions.disabled()));
  private final WorkerService bare =
      service(
          builder()
              .circuitBreaker(CircuitBreakerOptions.disabled())
              .retry(RetryOptions.disabled()));
  private final WorkerRequest built = whole.get("/v1/capabilities/{name}", NAME);

  private WorkerClient.Builder builder() {
    return WorkerClient.builder()
        .okHttpClient(okHttp)
        .service("APIMOM", service -> service.customDomain(ORIGIN));
  }

  private static WorkerService service(WorkerClient.Builder builder) {
    return builder.build().service("APIMOM");
  }

  @Benchmark
  public byte[] rawOkHttp() throws IOException {
    return send(okHttp, new Request.Builder().url(url).build());
  }

  @Benchmark
  public byte[] rawOkHttpTextUrl() throws IOException {
    return send(okHttp, new Request.Builder().url(ORIGIN + "/v1/capabilities/" + NAME).build());
  }

  @Benchmark
  public byte[] rawOkHttpCallTimeout() throws IOException {
    return send(timed, new Request.Builder().url(url).build());
  }

  @Benchmark
  public byte[] workerClient() {
    return send(whole);
  }

  @Benchmark
  public byte[] workerClientNoBreaker() {
    return send(noBreaker);
  }

  @Benchmark
  public byte[] workerClientNoRetry() {
    return send(noRetry);
  }

  @Benchmark
  public byte[] workerClientBare() {
    return send(bare);
  }

  @Benchmark
  public byte[] workerClientRequestBuiltOnce() {
    return built.execute().bytes();
  }

  @Benchmark
  public WorkerRequest buildRequest() {
    return whole.get("/v1/capabilities/{name}", NAME);
  }

  private static byte[] send(OkHttpClient client, Request request) throws IOException {
    try (Response response = client.newCall(request).execute()) {
      return response.body().bytes();
    }
  }

  private static byte[] send(WorkerService service) {
    return service.get("/v1/capabilities/{name}", NAME).execute().bytes();
  }
}
