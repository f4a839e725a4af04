package dev.workerclient.rpc;

import dev.workerclient.internal.classify.Provenance;
import dev.workerclient.internal.classify.Secrets;
import dev.workerclient.internal.http.CallSpec.Upgrade;
import dev.workerclient.internal.http.DaemonThreads;
import dev.workerclient.internal.http.Transport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/**
 * The WebSocket of one session: an attempt of the opening call makes it, and then its reader's
 * thread hands each text message to the session; binary ones are ignored. Thread-safe.
 */
final class SessionSocket extends WebSocketListener implements Upgrade {
  /** OkHttp 5.5.1 closes a WebSocket, and loses all calls in flight, above this. */
  static final long MOST_QUEUED = 16L << 20;

  /** The most that a refused upgrade's body is looked at, as of any response. */
  private static final long LONGEST_ANSWER = 512 * 1024;

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Its own: OkHttp counts an open WebSocket among the requests that run, of which 64 may. */
  private static final Dispatcher DISPATCHER = dispatcher();

  private final Duration ping;
  private final long maxMessageBytes;
  private final CompletableFuture<Receiver> receiver = new CompletableFuture<>();
  private CompletableFuture<Response> opening = new CompletableFuture<>();
  private volatile @Nullable WebSocket socket;
  private volatile @Nullable Opened opened;

  /** What reads a session. It is called by one thread, the reader's, and must not block. */
  interface Receiver {
    void received(String message);

    /** Nothing more is received. */
    void ended(String how, @Nullable Throwable cause);
  }

  /** How the WebSocket came about. */
  record Opened(String route, @Nullable String rayId, Secrets secrets) {}

  SessionSocket(Duration ping, long maxMessageBytes) {
    this.ping = ping;
    this.maxMessageBytes = maxMessageBytes;
  }

  private static Dispatcher dispatcher() {
    Dispatcher dispatcher =
        new Dispatcher(
            new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                1,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                DaemonThreads.numbered("worker-client-rpc-socket-")));
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
    return dispatcher;
  }

  @Override
  public Response open(OkHttpClient client, Request request, Provenance provenance)
      throws IOException {
    CompletableFuture<Response> response = new CompletableFuture<>();
    opening = response;
    OkHttpClient.Builder own =
        client
            .newBuilder()
            .dispatcher(DISPATCHER)
            .pingInterval(ping)
            // A write that hangs holds pings up too: OkHttp writes them on the same thread.
            .writeTimeout(ping.multipliedBy(2))
            .socketFactory(new PromptSockets(client.socketFactory()))
            .webSocketCloseTimeout(PATIENCE)
            .addInterceptor(SessionSocket::withoutCompression);
    if (Transport.staysOnLoopback(request.url())) {
      own.dns(new LoopbackDns(client.dns()));
    }
    WebSocket made = own.build().newWebSocket(request, this);
    try {
      Response first = response.get();
      socket = made;
      opened =
          new Opened(
              provenance.proxy() ? "binding-proxy" : "custom-domain",
              first.header("cf-ray"),
              new Secrets(request.headers()));
      return first;
    } catch (InterruptedException e) {
      made.cancel();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  /** What a compressed message unpacks to is not known before it is unpacked. */
  private static Response withoutCompression(okhttp3.Interceptor.Chain chain) throws IOException {
    return chain.proceed(
        chain.request().newBuilder().removeHeader("Sec-WebSocket-Extensions").build());
  }

  /** Hands all messages, from the first on, to that receiver. */
  void receive(Receiver by) {
    receiver.complete(by);
  }

  Opened opened() {
    return Objects.requireNonNull(opened);
  }

  /** How many bytes wait to be written, with those that are being written. */
  long queued() {
    return socket().queueSize();
  }

  /** Queues a message; false if the WebSocket is closed. */
  boolean send(String message) {
    return socket().send(message);
  }

  /** Writes what is queued, and closes; the connection ends 2 seconds later at the latest. */
  void close(String reason) {
    socket().close(1000, reason);
  }

  /** Ends the connection now. */
  void cancel() {
    socket().cancel();
  }

  private WebSocket socket() {
    return Objects.requireNonNull(socket);
  }

  @Override
  public void onOpen(WebSocket webSocket, Response response) {
    Transport.boundMessage(maxMessageBytes);
    opening.complete(response);
  }

  @Override
  public void onMessage(WebSocket webSocket, String text) {
    receiver.join().received(text);
    Transport.boundMessage(maxMessageBytes);
  }

  @Override
  public void onClosing(WebSocket webSocket, int code, String reason) {
    webSocket.close(code == 1005 || code == 1006 || code == 1015 ? 1000 : code, null);
    receiver.join().ended("the Worker closed the session, code " + code + ", " + reason, null);
  }

  @Override
  public void onFailure(WebSocket webSocket, Throwable e, @Nullable Response response) {
    if (opening.isDone()) {
      receiver.join().ended("the connection broke", e);
    } else if (response != null && response.code() != 101) {
      try {
        opening.complete(response.newBuilder().body(response.peekBody(LONGEST_ANSWER)).build());
      } catch (IOException broken) {
        opening.completeExceptionally(broken);
      }
    } else {
      opening.completeExceptionally(e);
    }
  }

  /** Keeps plain HTTP on this machine, whatever a name of it resolves to. */
  private record LoopbackDns(Dns dns) implements Dns {
    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
      List<InetAddress> all = dns.lookup(host);
      if (!all.stream().allMatch(InetAddress::isLoopbackAddress)) {
        throw new UnknownHostException("plain http was about to leave this machine; use https");
      }
      return all;
    }
  }
}
