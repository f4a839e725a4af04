package dev.workerclient.benchmarks.peer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same with several peers at the same time. */
public final class AtOnce {
  private AtOnce() {}

  /** What is done with a peer. */
  @FunctionalInterface
  public interface Task<T> {
    T run(Peer peer) throws Exception;
  }

  /** Returns the results in the order of the peers. */
  public static <T> Map<Peer, T> run(List<Peer> peers, Task<T> task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(peers.size());
    try {
      List<Future<T>> running = new ArrayList<>();
      for (Peer peer : peers) {
        running.add(threads.submit(() -> task.run(peer)));
      }
      Map<Peer, T> results = new LinkedHashMap<>();
      for (int i = 0; i < peers.size(); i++) {
        results.put(peers.get(i), running.get(i).get());
      }
      return results;
    } finally {
      threads.shutdown();
    }
  }
}
