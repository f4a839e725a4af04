package dev.workerclient.internal.http;

import dev.workerclient.internal.classify.Provenance;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** Runs attempts: one request on the wire, one answer or failure back. Thread-safe. */
public final class Transport {
  private final OkHttpClient client;
  private final Watchdog watchdog;
  private final InstantSource clock;

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

  /** The same with a new connection for each attempt, whose making the log sees. */
  public Transport onNewConnections(ConnectionLog log) {
    OkHttpClient fresh =
        client
            .newBuilder()
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .eventListenerFactory(call -> client.eventListenerFactory().create(call).plus(log))
            .build();
    return new Transport(fresh, watchdog, clock);
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
    AttemptTimer timer = new AttemptTimer(call);
    Watchdog.Timer watched = watchdog.start(limits.time(), timer::fire);
    cancellation.running(call);
    try {
      return new Exchange(call, wire, timer, provenance, limits, cancellation, watchdog, clock)
          .run();
    } finally {
      watched.stop();
      timer.disarm(); // A late cancel could meet the connection's next call.
      cancellation.finished();
    }
  }
}
