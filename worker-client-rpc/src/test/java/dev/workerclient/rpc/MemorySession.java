package dev.workerclient.rpc;

import dev.workerclient.internal.classify.Secrets;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.WebSocket;
import okio.ByteString;

/** A session without a network or threads: a test hands it messages, and runs its tasks. */
final class MemorySession {
  static final int MOST_UNREAD = 100_000;
  private static final long MAX_MESSAGE_BYTES = 1 << 20;

  final Session session;
  final SessionCaller caller;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** How many bytes the session wrote. */
  long written;

  MemorySession(Duration callTimeout) {
    SessionSocket socket = new SessionSocket(Duration.ofHours(1), MAX_MESSAGE_BYTES);
    SessionSocket.Opened opened =
        new SessionSocket.Opened("custom-domain", null, new Secrets(Headers.of()), null);
    set(socket, "socket", new Sink());
    set(socket, "opened", opened);
    Executor executor = tasks::add;
    Exports exports =
        new Exports(new Lanes(executor, 4, 4 * MAX_MESSAGE_BYTES), executor, MOST_UNREAD);
    session =
        new Session(
            socket, new SessionFailures("API", opened), callTimeout, MAX_MESSAGE_BYTES, exports);
    caller = new SessionCaller(session, executor, null);
    exports.start(caller);
  }

  /** As an attempt does that made the WebSocket. */
  private static void set(SessionSocket socket, String name, Object value) {
    try {
      Field field = SessionSocket.class.getDeclaredField(name);
      field.setAccessible(true);
      field.set(socket, value);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  <T> T of(Class<T> type) {
    return type.cast(Stub.of(caller, RpcNode.MAIN, InterfaceModel.checkedForSession(type)));
  }

  /** Runs what waits for the session's executor. */
  void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** What is held for the Worker, and awaited from it. */
  int held() {
    return session.exports.size() + session.awaitedCount();
  }

  private final class Sink implements WebSocket {
    @Override
    public Request request() {
      throw new UnsupportedOperationException();
    }

    @Override
    public long queueSize() {
      return 0;
    }

    @Override
    public boolean send(String text) {
      written += text.length();
      return true;
    }

    @Override
    public boolean send(ByteString bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean close(int code, String reason) {
      return true;
    }

    @Override
    public void cancel() {}
  }
}
