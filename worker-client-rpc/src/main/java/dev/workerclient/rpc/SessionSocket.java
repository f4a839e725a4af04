package dev.workerclient.rpc;

import dev.workerclient.RouteKind;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.Dns;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import org.jspecify.annotations.Nullable;

/** The WebSocket of one session: an attempt of the opening call makes it. Thread-safe. */
final class SessionSocket implements Upgrade {
  /** OkHttp 5.5.1 closes a WebSocket, and loses all calls in flight, above this. */
  static final long MOST_QUEUED = 16L << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Its own: OkHttp counts an open WebSocket among the requests that run, of which 64 may. */
  private static final Dispatcher DISPATCHER = dispatcher();

  private final Duration ping;
  private final long maxMessageBytes;
  private volatile @Nullable SessionListener listener;
  private volatile @Nullable WebSocket socket;
  private volatile @Nullable Opened opened;

  /** What reads a session. It is called by one thread, the reader's, and must not block. */
  interface Receiver {
    void received(String message);

    /** Nothing more is received. */
    void ended(String how, @Nullable Throwable cause);
  }

  /**
   * How the WebSocket came about.
   *
   * @param limits what the binding proxy lets the session use; null for another route
   */
  record Opened(
      String route, @Nullable String rayId, Secrets secrets, @Nullable SessionLimits limits) {}

  SessionSocket(Duration ping, long maxMessageBytes) {
    this.ping = ping;
    this.maxMessageBytes = maxMessageBytes;
  }

  /** The server's end of a WebSocket, whose messages come by its own listener. */
  static SessionSocket accepted(WebSocket socket, String route) {
    SessionSocket made = new SessionSocket(Duration.ZERO, 0);
    made.socket = socket;
    made.opened = new Opened(route, null, new Secrets(Headers.of()), null);
    return made;
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
    SessionListener made = new SessionListener(provenance, maxMessageBytes);
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
    WebSocket opens = own.build().newWebSocket(request, made);
    try {
      Response first = made.opening.get();
      listener = made;
      socket = opens;
      opened =
          new Opened(
              provenance.proxy() ? RpcFailures.BINDING_PROXY : RouteKind.CUSTOM_DOMAIN.routeName(),
              first.header("cf-ray"),
              new Secrets(request.headers()),
              provenance.proxy() ? SessionLimits.of(first.header(SessionLimits.HEADER)) : null);
      return first;
    } catch (InterruptedException e) {
      made.ignore();
      opens.cancel();
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
    Objects.requireNonNull(listener).receive(by);
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
