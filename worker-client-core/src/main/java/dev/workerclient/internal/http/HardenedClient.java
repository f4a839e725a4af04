package dev.workerclient.internal.http;

import java.time.Duration;
import java.util.function.LongSupplier;
import okhttp3.Authenticator;
import okhttp3.CookieJar;
import okhttp3.OkHttpClient;

/**
 * Derives the client that attempts run on. It shares the base's pool, TLS, DNS, proxy and
 * interceptors, and sends a request exactly once.
 *
 * <p>Each setting answers something that OkHttp 5.5.1 did when it was measured: it repeats a POST
 * that a server read and dropped, follows redirects, answers one service from another's cache
 * entry, hands cookies across services, repeats for an authenticator, and repeats a call without a
 * body after {@code 503 Retry-After: 0}.
 */
final class HardenedClient {
  private static final Duration PING = Duration.ofSeconds(5);

  private HardenedClient() {}

  static OkHttpClient derive(OkHttpClient base, Duration connectTimeout, LongSupplier nanoTime) {
    OkHttpClient.Builder derived = base.newBuilder();
    Duration ping = Duration.ofMillis(base.pingIntervalMillis());
    if (ping.isZero()) {
      ping = PING;
      derived.pingInterval(ping); // Without read timeouts nothing else finds a dead connection.
    }
    if (!base.interceptors().isEmpty()) {
      derived.addInterceptor(new Restorer());
    }
    return derived
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        .cache(null)
        .cookieJar(CookieJar.NO_COOKIES)
        .authenticator(Authenticator.NONE)
        .socketFactory(CountedSockets.over(base.socketFactory()))
        .connectTimeout(connectTimeout)
        .callTimeout(Duration.ZERO) // The watchdog bounds the attempt; see Transport.
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO)
        .eventListenerFactory(WireEvents.beside(base.eventListenerFactory()))
        .addNetworkInterceptor(new WireObserver(new ConnectionUses(nanoTime, ping)))
        .build();
  }
}
