package dev.workerclient.mockserver;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/** Sees which calls of a client are under way, and which responses are open. Thread-safe. */
final class OpenResponses extends EventListener implements EventListener.Factory {
  /** For those that other threads are still reading when a test ends. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private static final long A_MOMENT = 5;

  private final Set<Call> underWay = new HashSet<>();
  private final Set<Call> open = new LinkedHashSet<>();

  @Override
  public EventListener create(Call call) {
    return this;
  }

  @Override
  public synchronized void callStart(Call call) {
    underWay.add(call);
  }

  @Override
  public synchronized void responseHeadersEnd(Call call, Response response) {
    open.add(call);
    underWay.remove(call);
    notifyAll();
  }

  @Override
  public synchronized void callEnd(Call call) {
    end(call);
  }

  @Override
  public synchronized void callFailed(Call call, IOException failure) {
    end(call);
  }

  private void end(Call call) {
    open.remove(call);
    underWay.remove(call);
    notifyAll();
  }

  /** Waits a moment for those that are being read, and returns the rest. */
  synchronized List<String> leaks() {
    await(open, () -> {});
    return open.stream().map(call -> describe(call.request())).toList();
  }

  /**
   * Ends what is open, so that it keeps no connection into the next test. What is under way is
   * waited for: the server may still have its request to read.
   *
   * @param letGo lets the server answer
   */
  void endAll(Runnable letGo) {
    List<Call> calls;
    synchronized (this) {
      await(underWay, letGo);
      calls = new ArrayList<>(open);
      calls.addAll(underWay);
      open.clear();
      underWay.clear();
    }
    calls.forEach(Call::cancel);
  }

  /** Waits until none is left, or the grace is over, doing that again and again. */
  private synchronized void await(Set<Call> calls, Runnable meanwhile) {
    long deadline = System.nanoTime() + GRACE.toNanos();
    try {
      while (!calls.isEmpty() && System.nanoTime() < deadline) {
        meanwhile.run();
        wait(A_MOMENT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String describe(Request request) {
    HttpUrl url = request.url();
    String query = url.encodedQuery();
    String target = url.encodedPath() + (query == null ? "" : "?" + query);
    return FrontDesk.read(new RequestHead(request.method(), target, request.headers()), new byte[0])
        .toString();
  }
}
