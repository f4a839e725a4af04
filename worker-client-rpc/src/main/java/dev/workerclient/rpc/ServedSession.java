package dev.workerclient.rpc;

import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.internal.rpc.ServedSessions;
import java.time.Duration;
import java.util.concurrent.Executor;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of one session, for MockWorkers: an object of the application answers as a
 * Worker does. The engine is that of the client, since Cap'n Web is symmetric; that both ends of it
 * speak as the official library does is what the tests on the real runtime show.
 */
final class ServedSession extends WebSocketListener {
  /** How long a call of the client may take, and a read of what it sends. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

  private static final long MAX_MESSAGE_BYTES = 16L << 20;
  private static final long MOST_UNREAD = 256L << 20;
  private static final int MOST_RUNNING = 64;
  private static final int MOST_WAITING = 10_000;

  private final String service;
  private final String route;
  private final Object main;
  private final ServedSessions.Seen seen;
  private volatile @Nullable Session session;

  ServedSession(String service, String route, Object main, ServedSessions.Seen seen) {
    this.service = service;
    this.route = route;
    this.main = main;
    this.seen = seen;
  }

  @Override
  public void onOpen(WebSocket webSocket, Response response) {
    SessionSocket socket = SessionSocket.accepted(webSocket, route);
    Executor runs = RpcSession.Builder.newExecutor();
    Lanes lanes = new Lanes(runs, MOST_RUNNING, MOST_WAITING, 4 * MAX_MESSAGE_BYTES);
    LocalCalls calls = new LocalCalls(lanes, ServedSession::told, seen);
    Exports exports = new Exports(calls, runs, MOST_UNREAD);
    SessionFailures failures = new SessionFailures(service, socket.opened());
    Session made = new Session(socket, failures, CALL_TIMEOUT, MAX_MESSAGE_BYTES, exports);
    exports.start(new SessionCaller(made, runs, null));
    exports.serve(new LocalObject(InterfaceModel.ofObject(main), main));
    session = made;
  }

  /** A test sees what its object throws, and chooses the rest by a WorkerRpcException. */
  private static FailedException told(Throwable failure) {
    Throwable e = FailedException.cause(failure);
    if (e instanceof WorkerRpcException remote) {
      return new FailedException(
          remote.remoteType(),
          remote.remoteMessage(),
          remote.properties().isEmpty() ? null : References.VALUES.tree(remote.properties()));
    }
    return e instanceof Error ? new FailedException("Error", e.toString()) : FailedException.of(e);
  }

  @Override
  public void onMessage(WebSocket webSocket, String text) {
    Session open = session;
    if (open != null) {
      open.received(text);
    }
  }

  @Override
  public void onClosing(WebSocket webSocket, int code, String reason) {
    webSocket.close(1000, null);
    ended("the client closed the session", null);
  }

  @Override
  public void onFailure(WebSocket webSocket, Throwable e, @Nullable Response response) {
    ended("the connection broke", e);
  }

  private void ended(String how, @Nullable Throwable cause) {
    Session open = session;
    if (open != null) {
      open.ended(how, cause);
    }
  }
}
