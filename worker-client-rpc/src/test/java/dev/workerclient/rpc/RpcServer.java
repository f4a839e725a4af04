package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A target that answers batches with what a test says, and a client of it. */
final class RpcServer implements BeforeEachCallback, AfterEachCallback {
  /** What the client sends to prove who it is. */
  static final String TOKEN = "token-of-the-test-0815";

  private final MockWebServer server = new MockWebServer();
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private volatile Function<String, MockResponse> answer = body -> ok("");
  private @Nullable WorkerClient client;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            requests.add(request);
            return answer.apply(request.getBody() == null ? "" : request.getBody().utf8());
          }
        });
    server.setServerSocketFactory(new PromptServerSockets());
    server.start();
    String url = "http://127.0.0.1:" + server.getPort();
    client =
        WorkerClient.builder()
            .service(
                "API",
                own -> own.customDomain(url, domain -> domain.rpcPath("/api").bearerToken(TOKEN)))
            .build();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Objects.requireNonNull(client).close();
    server.close();
  }

  WorkerService service() {
    return Objects.requireNonNull(client).service("API");
  }

  void answers(String body) {
    answer = request -> ok(body);
  }

  void answers(MockResponse response) {
    answer = request -> response;
  }

  List<RecordedRequest> requests() {
    return requests;
  }

  /** Answers as in the capture, and asserts that the same was sent. */
  <R extends @Nullable Object> R replay(
      String capture, Function<GoldenApi.Api, RpcPromise<R>> calls) {
    Capture captured = Capture.named(capture);
    answers(captured.responseBody());
    try {
      return Rpc.batch(service(), GoldenApi.Api.class, calls);
    } finally {
      assertThat(batch()).isEqualTo(captured.requestBody());
    }
  }

  /** The body of the one request that came. */
  String batch() {
    if (requests.size() != 1) {
      throw new AssertionError(requests.size() + " requests");
    }
    return Objects.requireNonNull(requests.get(0).getBody()).utf8();
  }

  private static MockResponse ok(String body) {
    return new MockResponse.Builder()
        .setHeader("Content-Type", "text/plain;charset=UTF-8")
        .body(body)
        .build();
  }
}
