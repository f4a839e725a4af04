package dev.workerclient.rpc;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
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
    SessionSocket socket = SessionSocket.accepted(new Sink(), "custom-domain");
    Executor executor = tasks::add;
    Lanes lanes = new Lanes(executor, 4, 1000, 4 * MAX_MESSAGE_BYTES);
    Exports exports =
        new Exports(new LocalCalls(lanes, FailedException::of), executor, MOST_UNREAD);
    session =
        new Session(
            socket,
            new SessionFailures("API", socket.opened()),
            callTimeout,
            MAX_MESSAGE_BYTES,
            exports);
    caller = new SessionCaller(session, executor, null);
    exports.start(caller);
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
