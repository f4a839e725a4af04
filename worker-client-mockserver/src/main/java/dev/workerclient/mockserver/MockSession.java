package dev.workerclient.mockserver;

import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * One RPC session: passes on what MockWebServer tells of its WebSocket, and stands for that
 * WebSocket, which can't be cancelled at a server. Thread-safe.
 */
final class MockSession extends WebSocketListener implements WebSocket {
  private final OpenSessions sessions;
  private final WebSocketListener served;
  private volatile Runnable cut = () -> {};
  private volatile @Nullable WebSocket socket;

  /**
   * Makes it.
   *
   * @param served answers
   */
  MockSession(OpenSessions sessions, WebSocketListener served) {
    this.sessions = sessions;
    this.served = served;
  }

  /** Says how its connection is broken, before it opens. */
  MockSession cutBy(Runnable way) {
    cut = way;
    return this;
  }

  @Override
  public void onOpen(WebSocket webSocket, Response response) {
    socket = webSocket;
    served.onOpen(this, response);
  }

  @Override
  public void onMessage(WebSocket webSocket, String text) {
    served.onMessage(this, text);
  }

  @Override
  public void onClosing(WebSocket webSocket, int code, String reason) {
    sessions.ended(this);
    served.onClosing(this, code, reason);
  }

  @Override
  public void onFailure(WebSocket webSocket, Throwable e, @Nullable Response response) {
    sessions.ended(this);
    served.onFailure(this, e, response);
  }

  private WebSocket socket() {
    WebSocket open = socket;
    if (open == null) {
      throw new IllegalStateException("the session is not open yet");
    }
    return open;
  }

  @Override
  public Request request() {
    return socket().request();
  }

  @Override
  public long queueSize() {
    return socket().queueSize();
  }

  @Override
  public boolean send(String text) {
    return socket().send(text);
  }

  @Override
  public boolean send(ByteString bytes) {
    return socket().send(bytes);
  }

  @Override
  public boolean close(int code, @Nullable String reason) {
    return socket().close(code, reason);
  }

  /** Resets the connection. */
  @Override
  public void cancel() {
    cut.run();
  }
}
