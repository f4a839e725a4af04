package dev.workerclient;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.workerclient.error.WorkerException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A raw server that is reached as binding proxy and as custom domain. After each test the client
 * must still work by both, and hold no connection.
 */
final class HostileFleet implements BeforeEachCallback, AfterEachCallback {
  static final int MAX_BYTES = 1 << 20;
  static final int NONE = -1;
  static final String PROXY = "PROXY";
  static final String DOMAIN = "DOMAIN";

  /** Buffered or streamed. */
  enum Way {
    BUFFERED,
    STREAMED
  }

  /**
   * How a call ended. Any exception but the typed ones comes out of the call itself.
   *
   * @param status the answer's, or -1 where there was none
   * @param body the whole body, or the first {@link #MAX_BYTES} of a streamed one
   * @param failure what the call, or the read of its stream, threw
   * @param allocated bytes that the call took on this thread, a stream's reading left out
   */
  record Ending(int status, ByteString body, @Nullable WorkerException failure, long allocated) {
    WorkerException failed() {
      return Objects.requireNonNull(failure, "an answer");
    }

    boolean isWholeAnswer() {
      return status >= 0 && failure == null;
    }
  }

  private final ConnectionPool pool = new ConnectionPool();
  private @Nullable RawServer server;
  private @Nullable WorkerClient client;

  @Override
  public void beforeEach(ExtensionContext context) {
    server = new RawServer();
    client = client(server.url(), new OkHttpClient.Builder().connectionPool(pool).build());
  }

  static WorkerClient client(String url, OkHttpClient okHttpClient) {
    return WorkerClient.builder()
        .bindingProxy(url)
        .service(PROXY)
        .service(DOMAIN, service -> service.customDomain(url).routes("custom-domain"))
        .attemptTimeout(Duration.ofSeconds(8))
        .callTimeout(Duration.ofSeconds(8))
        .readIdleTimeout(Duration.ofSeconds(4))
        .maxResponseBytes(MAX_BYTES)
        .retry(RetryOptions.disabled())
        .circuitBreaker(CircuitBreakerOptions.disabled())
        .okHttpClient(okHttpClient)
        .build();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    WorkerClient used = Objects.requireNonNull(client);
    try {
      assertThat(pool.idleConnectionCount()).isEqualTo(pool.connectionCount());
      for (String service : List.of(PROXY, DOMAIN)) {
        assertThat(used.service(service).get(RawServer.FINE).execute().string()).isEqualTo("fine");
      }
    } finally {
      used.close();
      pool.evictAll();
      server().close();
    }
  }

  RawServer server() {
    return Objects.requireNonNull(server);
  }

  WorkerRequest request(String service) {
    return Objects.requireNonNull(client).service(service).get("/hostile");
  }

  Ending call(String service, Way way) {
    return end(request(service), way);
  }

  Ending post(String service, Way way) {
    return end(Objects.requireNonNull(client).service(service).post("/hostile"), way);
  }

  static Ending end(WorkerRequest request, Way way) {
    long before = allocated();
    try {
      if (way == Way.STREAMED) {
        return streamed(request, before);
      }
      WorkerResponse response = request.execute();
      long used = allocated() - before;
      return new Ending(response.status(), ByteString.of(response.bytes()), null, used);
    } catch (WorkerException e) {
      return new Ending(NONE, ByteString.EMPTY, e, allocated() - before);
    }
  }

  private static Ending streamed(WorkerRequest request, long before) {
    try (StreamingResponse response = request.executeStreaming()) {
      long used = allocated() - before;
      Buffer body = new Buffer();
      WorkerException broken = read(response.stream(), body);
      return new Ending(response.status(), body.readByteString(), broken, used);
    }
  }

  private static @Nullable WorkerException read(InputStream stream, Buffer into) {
    byte[] piece = new byte[8192];
    try {
      for (int n = 0; n >= 0 && into.size() < MAX_BYTES; n = stream.read(piece)) {
        into.write(piece, 0, n);
      }
      return null;
    } catch (IOException e) {
      return (WorkerException) e.getCause();
    }
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
