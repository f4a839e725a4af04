package dev.workerclient.internal.http;

import dev.workerclient.internal.classify.Provenance;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Runs attempts: one request on the wire, one answer or failure back. Thread-safe. */
public final class Transport {
  private final OkHttpClient client;
  private final Watchdog watchdog;
  private final InstantSource clock;
  private volatile @Nullable OkHttpClient detouring;
  private volatile @Nullable Transport onNewConnections;

  /**
   * Makes a transport on the base's pool, with every way of repeating a request switched off.
   *
   * @param nanoTime tells how long a connection was idle
   */
  public Transport(
      OkHttpClient base,
      Duration connectTimeout,
      Watchdog watchdog,
      InstantSource clock,
      LongSupplier nanoTime) {
    this(HardenedClient.derive(base, connectTimeout, nanoTime), watchdog, clock);
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
    return client.newBuilder().addInterceptor(Detour::onConnectionOfItsOwn);
  }

  /** What sends a request by another connection than the one that the pool offered. */
  OkHttpClient detouring() {
    OkHttpClient made = detouring;
    if (made == null) {
      boolean able = client.interceptors().stream().anyMatch(Restorer.class::isInstance);
      made = able ? client : client.newBuilder().addInterceptor(new Restorer()).build();
      detouring = made;
    }
    return made;
  }

  Watchdog watchdog() {
    return watchdog;
  }

  InstantSource clock() {
    return clock;
  }

  /**
   * Sends the request once. Never throws: whatever goes wrong is a failed outcome.
   *
   * @param provenance which mark the route's responses carry
   * @param nanos until the answer is there; if it is streamed, until its headers are
   * @param callEnds whether that is the rest of the call's time, and not the attempt's
   * @param canBeResent whether the call may be sent again if the connection breaks under it
   */
  public Outcome send(
      Request.Builder request,
      Provenance provenance,
      CallSpec spec,
      long nanos,
      boolean callEnds,
      boolean canBeResent,
      Cancellation cancellation) {
    WireLog wire = new WireLog(canBeResent);
    okhttp3.Call call = client.newCall(request.tag(WireLog.class, wire).build());
    return new Exchange(this, call, wire, provenance, spec, nanos, callEnds, cancellation).send();
  }
}
