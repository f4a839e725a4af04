package dev.workerclient.mockserver;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/** Sees which responses of a client have begun and not ended. Thread-safe. */
final class OpenResponses extends EventListener implements EventListener.Factory {
  /** For those that other threads are still reading when a test ends. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Map<Call, String> open = new LinkedHashMap<>();
  private final Set<Call> calls = new LinkedHashSet<>();

  @Override
  public EventListener create(Call call) {
    return this;
  }

  @Override
  public synchronized void callStart(Call call) {
    calls.add(call);
  }

  @Override
  public synchronized void responseHeadersEnd(Call call, Response response) {
    open.put(call, describe(call.request()));
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
    calls.remove(call);
    notifyAll();
  }

  /** Waits a moment for those that are being read, and returns the rest. */
  synchronized List<String> leaks() {
    long deadline = System.nanoTime() + GRACE.toNanos();
    try {
      for (long left = GRACE.toNanos(); !open.isEmpty() && left > 0; ) {
        wait(Math.max(1, left / 1_000_000));
        left = deadline - System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.copyOf(open.values());
  }

  /** Ends the calls that are under way, and what is open. */
  void cancelAll() {
    List<Call> underWay;
    synchronized (this) {
      underWay = new ArrayList<>(calls);
      calls.clear();
      open.clear();
    }
    underWay.forEach(Call::cancel);
  }

  private static String describe(Request request) {
    HttpUrl url = request.url();
    String query = url.encodedQuery();
    String target = url.encodedPath() + (query == null ? "" : "?" + query);
    return FrontDesk.read(new RequestHead(request.method(), target, request.headers()), new byte[0])
        .toString();
  }
}
