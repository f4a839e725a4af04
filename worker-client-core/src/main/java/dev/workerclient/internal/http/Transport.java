package dev.workerclient.internal.http;

import dev.workerclient.internal.classify.Provenance;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Runs attempts: one request on the wire, one answer or failure back. Thread-safe. */
public final class Transport {
  private final OkHttpClient client;
  private final Watchdog watchdog;
  private final InstantSource clock;
  private volatile @Nullable Transport onNewConnections;

  /** Makes a transport on the base's pool, with every way of repeating a request switched off. */
  public Transport(
      OkHttpClient base, Duration connectTimeout, Watchdog watchdog, InstantSource clock) {
    this(HardenedClient.derive(base, connectTimeout), watchdog, clock);
  }

  private Transport(OkHttpClient client, Watchdog watchdog, InstantSource clock) {
    this.client = client;
    this.watchdog = watchdog;
    this.clock = clock;
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
    return client.newBuilder().connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS));
  }

  /**
   * Sends the request once. Never throws: whatever goes wrong is a failed outcome.
   *
   * @param provenance which mark the route's responses carry
   */
  public Outcome send(
      Request.Builder request, Provenance provenance, Limits limits, Cancellation cancellation) {
    WireLog wire = new WireLog();
    okhttp3.Call call = client.newCall(request.tag(WireLog.class, wire).build());
    Watchdog.Timer timer = watchdog.start(limits.time(), call::cancel);
    cancellation.running(call);
    try {
      return new Exchange(call, wire, timer, provenance, limits, cancellation, watchdog, clock)
          .run();
    } finally {
      timer.stop(); // A late cancel could meet the connection's next call.
      cancellation.finished();
    }
  }
}
