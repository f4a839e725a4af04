package dev.workerclient.benchmarks;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import java.io.IOException;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the client adds to a call that succeeds, with all its defaults, over raw OkHttp. No network:
 * an interceptor answers. Run it with {@code -t 8} too.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Threads(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class OverheadBenchmark {
  private static final String ORIGIN = "https://api-mom.example.com";

  /** What both clients ask, and who answers. */
  @State(Scope.Benchmark)
  public static class Clients {
    final OkHttpClient raw = new OkHttpClient.Builder().addInterceptor(new CannedAnswer()).build();

    /** As a careful user writes it: the address is parsed once. */
    final HttpUrl url = HttpUrl.get(ORIGIN + "/v1/capabilities");

    final WorkerClient client =
        WorkerClient.builder()
            .okHttpClient(raw)
            .service("APIMOM", service -> service.customDomain(ORIGIN))
            .build();
    final WorkerService service = client.service("APIMOM");

    @TearDown
    public void close() {
      client.close();
    }
  }

  @Benchmark
  public byte[] baselineRawOkHttp(Clients clients) throws IOException {
    return raw(clients, clients.url);
  }

  /** The same by an address that is different each time, as one with a path parameter is. */
  @Benchmark
  public byte[] baselineRawOkHttpBuildingItsUrl(Clients clients) throws IOException {
    return raw(clients, clients.url.newBuilder().addPathSegment("tts").build());
  }

  private static byte[] raw(Clients clients, HttpUrl url) throws IOException {
    Request request =
        new Request.Builder()
            .url(url)
            .header("Accept", "application/json")
            .header("X-Requested-With", "XMLHttpRequest")
            .build();
    try (Response response = clients.raw.newCall(request).execute()) {
      return response.body().bytes();
    }
  }

  @Benchmark
  public Object execute(Clients clients) {
    return clients.service.get("/v1/capabilities").execute();
  }

  @Benchmark
  public Object executeWithPathParameter(Clients clients) {
    return clients.service.get("/v1/capabilities/{name}", "tts").execute();
  }

  @Benchmark
  public Object executeWithQuery(Clients clients) {
    return clients.service.get("/v1/capabilities").query("verbose", "true").execute();
  }
}
