package dev.workerclient.internal.http;

import dev.workerclient.error.WorkerTimeoutException.Phase;
import dev.workerclient.internal.classify.Classifier;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.Provenance;
import dev.workerclient.internal.classify.Secrets;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import okhttp3.Authenticator;
import okhttp3.CookieJar;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** Runs attempts: one request on the wire, one answer or failure back. Thread-safe. */
public final class Transport {
  private static final Duration PING = Duration.ofSeconds(5);
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

  private final OkHttpClient client;
  final Watchdog watchdog;
  final InstantSource clock;
  private volatile @Nullable OkHttpClient detouring;
  private volatile @Nullable Transport onNewConnections;

  /**
   * Makes a transport on the base's pool, with every way of repeating a request switched off.
   *
   * @param nanoTime tells how long a connection was idle, and how old it is
   * @param maxAge how old pooled connections may become, or null
   * @param random from 0 to 1, for jitter
   * @throws IllegalArgumentException if there is such a limit, and the base has its own sockets
   */
  public Transport(
      OkHttpClient base,
      Duration connectTimeout,
      Watchdog watchdog,
      InstantSource clock,
      LongSupplier nanoTime,
      @Nullable Duration maxAge,
      DoubleSupplier random) {
    OkHttpClient hardened = hardened(base, connectTimeout, maxAge != null);
    this.client =
        observed(
            hardened,
            nanoTime,
            maxAge == null
                ? null
                : new Renewal(withCountedSockets(hardened), maxAge, watchdog, random));
    this.watchdog = watchdog;
    this.clock = clock;
  }

  private Transport(OkHttpClient client, Watchdog watchdog, InstantSource clock) {
    this.client = client;
    this.watchdog = watchdog;
    this.clock = clock;
  }

  /**
   * Derives the client that attempts run on. It shares the base's pool, TLS, DNS, proxy and
   * interceptors, and sends a request exactly once.
   *
   * <p>Each setting answers something that OkHttp 5.5.1 did when it was measured: it repeats a POST
   * that a server read and dropped, follows redirects, answers one service from another's cache
   * entry, hands cookies across services, repeats for an authenticator, and repeats a call without
   * a body after {@code 503 Retry-After: 0}.
   */
  static OkHttpClient hardened(OkHttpClient base, Duration connectTimeout, boolean retirable) {
    OkHttpClient.Builder derived = base.newBuilder();
    if (base.pingIntervalMillis() == 0) {
      derived.pingInterval(PING); // Without read timeouts nothing else finds a dead connection.
    }
    if (!base.interceptors().isEmpty()) {
      derived.addInterceptor(new Detour());
    }
    return derived
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        .cache(null)
        .cookieJar(CookieJar.NO_COOKIES)
        .authenticator(Authenticator.NONE)
        .socketFactory(CountedSockets.over(base.socketFactory(), retirable))
        .connectTimeout(connectTimeout)
        .callTimeout(Duration.ZERO) // The watchdog bounds the attempt; see send.
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO)
        .build();
  }

  private static OkHttpClient observed(
      OkHttpClient hardened, LongSupplier nanoTime, @Nullable Renewal renewal) {
    Duration ping = Duration.ofMillis(hardened.pingIntervalMillis());
    return hardened
        .newBuilder()
        .addNetworkInterceptor(new Wire.Observer(new Connections(nanoTime, ping, renewal)))
        .build();
  }

  /** Checks that a connection of it can be taken out of the pool. */
  private static OkHttpClient withCountedSockets(OkHttpClient hardened) {
    if (!(hardened.socketFactory() instanceof CountedSockets)) {
      throw new IllegalArgumentException(
          "connectionMaxAge(…) has no effect on the sockets of the given OkHttpClient's"
              + " socketFactory; remove one of the two");
    }
    return hardened;
  }

  /** Whether plain HTTP to that URL may only be sent to an address of this machine. */
  public static boolean staysOnLoopback(HttpUrl url) {
    return !url.isHttps() && LOOPBACK.contains(url.host());
  }

  /** The same with a new connection for each attempt, which is closed after it. */
  public Transport onNewConnections() {
    Transport made = onNewConnections;
    if (made == null) {
      made = new Transport(withoutPool().build(), watchdog, clock);
      onNewConnections = made;
    }
    return made;
  }

  /** The same, and the log sees how the connection comes about. */
  public Transport onNewConnections(ConnectionLog log) {
    EventListener.Factory usersOwn = client.eventListenerFactory();
    OkHttpClient logged =
        withoutPool().eventListenerFactory(call -> usersOwn.create(call).plus(log)).build();
    return new Transport(logged, watchdog, clock);
  }

  private OkHttpClient.Builder withoutPool() {
    return client.newBuilder().addInterceptor(Detour::onConnectionOfItsOwn);
  }

  /** What sends a request by another connection than the one that the pool offered. */
  OkHttpClient detouring() {
    OkHttpClient made = detouring;
    if (made == null) {
      boolean able = client.interceptors().stream().anyMatch(Detour.class::isInstance);
      made = able ? client : client.newBuilder().addInterceptor(new Detour()).build();
      detouring = made;
    }
    return made;
  }

  /**
   * Bounds what this thread, the reader of a WebSocket, receives from now on: called before the
   * first message and after each. OkHttp keeps a message of any length. The user's own socket
   * factory is not counted.
   */
  public static void boundMessage(long bytes) {
    NetworkBody.@Nullable Overhead unused = CountedSockets.count(new NetworkBody.Overhead(bytes));
  }

  /** Opens a WebSocket; fails as a request would that the same response answers. */
  private Outcome upgrade(
      CallSpec.Upgrade upgrade,
      Request request,
      Provenance provenance,
      long nanos,
      boolean callEnds,
      Cancellation cancellation) {
    OkHttpClient limited =
        client.newBuilder().callTimeout(Math.max(nanos, 1_000_000), TimeUnit.NANOSECONDS).build();
    Failure failure;
    try (Response response = upgrade.open(limited, request, provenance)) {
      if (response.code() == SWITCHING_PROTOCOLS) {
        return new Outcome.Answered(
            response.code(),
            response.headers(),
            false,
            new Buffer(),
            null,
            new Secrets(request.headers()),
            1);
      }
      byte[] body = response.body().bytes();
      failure =
          Classifier.classify(
              provenance,
              response.code(),
              response.headers(),
              most -> Arrays.copyOf(body, Math.min(most, body.length)),
              clock);
      if (failure == null) {
        failure = TransportFailure.notUpgraded(response.code());
      }
    } catch (IOException e) {
      failure =
          TransportFailure.ofUpgrade(
              e,
              e instanceof InterruptedIOException && !Thread.currentThread().isInterrupted()
                  ? callEnds ? Phase.CALL : Phase.ATTEMPT
                  : null,
              cancellation.isCancelled());
    }
    return new Outcome.Failed(failure.hiding(new Secrets(request.headers())), 1);
  }

  /**
   * Sends the request once. Never throws: whatever goes wrong is a failed outcome.
   *
   * @param provenance which mark the route's responses carry
   * @param nanos until the answer is there; if it is streamed, until its headers are
   * @param callEnds whether that is the rest of the call's time, and not the attempt's
   * @param extension how many nanoseconds more there are if it may not end then; 0 for none
   * @param mayEnd asked when the time is up, if there is an extension
   * @param canBeResent whether the call may be sent again if the connection breaks under it
   */
  public Outcome send(
      Request.Builder request,
      Provenance provenance,
      CallSpec spec,
      long nanos,
      boolean callEnds,
      long extension,
      BooleanSupplier mayEnd,
      boolean canBeResent,
      Cancellation cancellation) {
    Wire wire = new Wire(canBeResent);
    request.tag(Wire.class, wire);
    if (spec.upgrade() != null) {
      return upgrade(spec.upgrade(), request.build(), provenance, nanos, callEnds, cancellation);
    }
    okhttp3.Call call = client.newCall(request.build());
    call.addEventListener(wire);
    return new Exchange(
            this,
            call,
            wire,
            provenance,
            spec,
            nanos,
            callEnds,
            extension > 0 ? new Exchange.Extension(extension, mayEnd) : null,
            cancellation)
        .send();
  }
}
