package dev.workerclient.internal.http;

import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.EventListener;
import okhttp3.Protocol;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Tells an attempt what its interceptors can't see: that it made its connection (any other comes
 * from the pool), and a response that OkHttp refuses after its headers.
 */
final class WireEvents extends EventListener {
  private static final WireEvents INSTANCE = new WireEvents();

  private WireEvents() {}

  /** Beside the user's own listeners; without any, that costs no object. */
  static EventListener.Factory beside(EventListener.Factory usersOwn) {
    return call -> usersOwn.create(call).plus(INSTANCE);
  }

  @Override
  public void connectEnd(
      okhttp3.Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
    WireLog wire = call.request().tag(WireLog.class);
    if (wire != null) {
      wire.connected();
    }
  }

  @Override
  public void responseHeadersEnd(okhttp3.Call call, Response response) {
    if (response.code() == 204 || response.code() == 205) {
      WireLog wire = call.request().tag(WireLog.class);
      if (wire != null) {
        wire.answeredWithoutBody(response);
      }
    }
  }
}
