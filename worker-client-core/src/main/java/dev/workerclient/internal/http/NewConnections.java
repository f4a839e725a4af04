package dev.workerclient.internal.http;

import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.EventListener;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/** Tells an attempt that it made its connection; any other comes from the pool. */
final class NewConnections extends EventListener {
  private static final NewConnections INSTANCE = new NewConnections();

  private NewConnections() {}

  /** Beside the user's own listeners; where there are none, that costs no object. */
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
}
