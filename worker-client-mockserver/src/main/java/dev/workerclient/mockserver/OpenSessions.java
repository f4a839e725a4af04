package dev.workerclient.mockserver;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import okhttp3.WebSocketListener;

/** The RPC sessions with one service that are open. Thread-safe. */
final class OpenSessions {
  private final Set<MockSession> open = new LinkedHashSet<>();

  /** Opens one, before its client knows, who may at once have it broken. */
  synchronized MockSession open(WebSocketListener served) {
    MockSession session = new MockSession(this, served);
    open.add(session);
    return session;
  }

  synchronized void ended(MockSession session) {
    open.remove(session);
  }

  /** Resets their connections. */
  void cut() {
    List<MockSession> all;
    synchronized (this) {
      all = new ArrayList<>(open);
      open.clear();
    }
    all.forEach(MockSession::cancel);
  }
}
