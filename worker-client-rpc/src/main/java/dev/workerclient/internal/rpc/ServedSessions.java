package dev.workerclient.internal.rpc;

import java.lang.reflect.Method;
import java.util.Objects;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/** Serves sessions for worker-client-mockserver, by the engine of RpcSession. */
public final class ServedSessions {
  private static volatile @Nullable Maker maker;

  private ServedSessions() {}

  /** Makes the server's end of a session. */
  @FunctionalInterface
  public interface Maker {
    /** Returns what answers at a WebSocket that is about to open. */
    WebSocketListener serve(String service, String route, Object main, Seen seen);
  }

  /** Is told of each call, before the method runs. */
  @FunctionalInterface
  public interface Seen {
    /** Takes the Java method that is called, and what it is called with. */
    void called(Method method, @Nullable Object[] arguments);
  }

  /** Says what serves sessions; RpcSession's class calls it once. */
  public static void servedBy(Maker by) {
    maker = by;
  }

  /**
   * Returns the server's end of a session, whose main object that is.
   *
   * @param route for messages
   */
  public static WebSocketListener serve(String service, String route, Object main, Seen seen) {
    return Objects.requireNonNull(maker).serve(service, route, main, seen);
  }
}
