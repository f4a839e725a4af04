package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.CallListener;
import dev.workerclient.RetryOptions;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A Worker whose sessions do what a test says, and a client of it. */
final class SessionServer extends WebSocketListener
    implements BeforeEachCallback, AfterEachCallback {
  static final String TOKEN = "token-of-the-test-0815";

  private final MockWebServer server = new MockWebServer();
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final BlockingQueue<WebSocket> sockets = new LinkedBlockingQueue<>();
  private final BlockingQueue<WebSocket> broken = new LinkedBlockingQueue<>();

  /** The last id that the client's messages took, by the session. */
  private final Map<WebSocket, Long> ids = new ConcurrentHashMap<>();

  private volatile BiConsumer<WebSocket, String> answer = (socket, message) -> {};
  private volatile @Nullable MockResponse refusal;
  private volatile @Nullable WebSocket newest;
  private volatile Headers headers = new Headers.Builder().build();
  private volatile @Nullable WorkerClient client;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            requests.add(request);
            MockResponse refused = refusal;
            return refused != null
                ? refused
                : new MockResponse.Builder()
                    .headers(headers)
                    .webSocketUpgrade(SessionServer.this)
                    .build();
          }
        });
    server.setServerSocketFactory(new PromptServerSockets());
    server.start();
    client = client();
  }

  private WorkerClient client(CallListener... listeners) {
    String url = "http://127.0.0.1:" + server.getPort();
    WorkerClient.Builder builder = WorkerClient.builder().retry(RetryOptions.disabled());
    List.of(listeners).forEach(builder::listener);
    return builder
        .service(
            "API",
            own ->
                own.customDomain(
                    url,
                    domain ->
                        domain
                            .rpcPath("/api")
                            .bearerToken(TOKEN)
                            .accessServiceToken("id", "secret-of-access")))
        .build();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Objects.requireNonNull(client).close();
    server.close();
  }

  /** Stands for the binding proxy from now on, whose 101 has those headers. */
  void isProxy(String... namesAndValues) {
    headers = Headers.of(namesAndValues);
    Objects.requireNonNull(client).close();
    client =
        WorkerClient.builder()
            .retry(RetryOptions.disabled())
            .bindingProxy("http://127.0.0.1:" + server.getPort(), proxy -> proxy.bearerToken(TOKEN))
            .service("API")
            .build();
  }

  /** Has the client's calls watched from now on. */
  void isCalledUnder(CallListener listener) {
    Objects.requireNonNull(client).close();
    client = client(listener);
  }

  WorkerService service() {
    return Objects.requireNonNull(client).service("API");
  }

  /** Does that at each message. */
  void answers(BiConsumer<WebSocket, String> by) {
    answer = by;
  }

  /**
   * Answers each call, when its value is wanted, with what that makes of the call's id; with
   * nothing for null.
   */
  void resolves(LongFunction<@Nullable String> value) {
    answers(
        (socket, message) -> {
          boolean pull = message.startsWith("[\"pull\",");
          if (pull || message.startsWith("[\"stream\",")) {
            long id =
                pull ? Long.parseLong(message.replaceAll("\\D", "")) : ids.getOrDefault(socket, 0L);
            String made = value.apply(id);
            if (made != null) {
              socket.send("[\"resolve\"," + id + "," + made + "]");
            }
          }
        });
  }

  /** Answers each upgrade so. */
  void refuses(MockResponse response) {
    refusal = response;
  }

  List<RecordedRequest> requests() {
    return requests;
  }

  /** Breaks all connections. */
  void cut() {
    server.close();
  }

  /** The next message that came. */
  String message() {
    return next(messages, "message");
  }

  boolean hasMessage() {
    return !messages.isEmpty();
  }

  /** The server's end of the next session. */
  WebSocket socket() {
    return next(sockets, "session");
  }

  /** Sends a message in the session that was opened last. */
  void send(String message) {
    WebSocket to = newest;
    if (to == null) {
      throw new AssertionError("no session was opened");
    }
    assertThat(to.send(message)).isTrue();
  }

  /** Waits until a connection broke. */
  WebSocket broken() {
    return next(broken, "break");
  }

  private static <T> T next(BlockingQueue<T> queue, String what) {
    try {
      T next = queue.poll(10, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("no " + what + " came");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void onOpen(WebSocket webSocket, Response response) {
    newest = webSocket;
    sockets.add(webSocket);
  }

  @Override
  public void onMessage(WebSocket webSocket, String text) {
    if (text.matches("\\[\"(push|stream|pipe)\".*")) {
      ids.merge(webSocket, 1L, Long::sum);
    }
    messages.add(text);
    answer.accept(webSocket, text);
  }

  @Override
  public void onFailure(WebSocket webSocket, Throwable t, @Nullable Response response) {
    broken.add(webSocket);
  }

  @Override
  public void onClosing(WebSocket webSocket, int code, String reason) {
    webSocket.close(code, reason);
  }
}
