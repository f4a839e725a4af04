package dev.workerclient.mockserver;

import java.util.ArrayList;
import java.util.List;

/** The calls of methods of one service's objects, in order. Thread-safe. */
final class RpcCalls {
  private final List<RpcCall> calls = new ArrayList<>();

  synchronized void add(RpcCall call) {
    calls.add(call);
  }

  synchronized List<RpcCall> all() {
    return List.copyOf(calls);
  }

  synchronized void clear() {
    calls.clear();
  }
}
