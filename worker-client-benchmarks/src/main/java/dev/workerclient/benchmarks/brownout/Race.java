package dev.workerclient.benchmarks.brownout;

import dev.workerclient.benchmarks.peer.Peer;
import dev.workerclient.benchmarks.peer.PeerClient;
import dev.workerclient.benchmarks.peer.Target;
import dev.workerclient.benchmarks.server.Behaviour;
import dev.workerclient.benchmarks.server.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs a scenario with all peers at the same time, each on listeners of its own. */
final class Race implements AutoCloseable {
  static final Duration ATTEMPT_TIME = Duration.ofMillis(300);
  private static final Duration CALL_TIME = Duration.ofSeconds(10);
  private static final String PATH = "/v1/capabilities/small";
  private static final int MOST_ROUTES = 2;
  private static final int DELAY_MILLIS = 5;

  private final List<Peer> peers;
  private final ServerProcess server;

  Race(List<Peer> peers) {
    this.peers = peers;
    server = ServerProcess.start(peers.size() * MOST_ROUTES);
  }

  /**
   * What became of the calls of a peer.
   *
   * @param requests how many the server has had at each of the times that were asked for, and at
   *     the end
   */
  record Outcome(Peer peer, long start, List<OpenLoad.Ended> calls, List<Integer> requests) {}

  /** Runs it, and counts requests at those times. */
  List<Outcome> run(Scenario scenario, Duration... counted) throws Exception {
    List<PeerClient> clients = new ArrayList<>();
    for (int i = 0; i < peers.size(); i++) {
      behave(i, Behaviour.HEALTHY, 100);
      clients.add(connect(i, scenario.routes()));
    }
    ExecutorService threads = Executors.newFixedThreadPool(peers.size());
    try {
      IntStream.range(0, peers.size() * MOST_ROUTES).forEach(server::reset);
      long start = System.nanoTime();
      change(scenario, Duration.ZERO);
      List<Future<List<OpenLoad.Ended>>> running = new ArrayList<>();
      for (PeerClient each : clients) {
        running.add(
            threads.submit(
                () ->
                    OpenLoad.run(
                        each,
                        scenario.method(),
                        scenario.perSecond(),
                        start,
                        scenario.time().toNanos())));
      }
      List<List<Integer>> requests = follow(scenario, start, List.of(counted));
      List<Outcome> outcomes = new ArrayList<>();
      for (int i = 0; i < peers.size(); i++) {
        List<OpenLoad.Ended> calls = running.get(i).get();
        requests.get(i).add(requests(i));
        outcomes.add(new Outcome(peers.get(i), start, calls, List.copyOf(requests.get(i))));
      }
      return outcomes;
    } finally {
      threads.shutdown();
      clients.forEach(PeerClient::close);
      IntStream.range(0, peers.size() * MOST_ROUTES).forEach(server::drop);
    }
  }

  /** Changes the weather and counts the requests when it is time. */
  private List<List<Integer>> follow(Scenario scenario, long start, List<Duration> counted) {
    List<List<Integer>> requests =
        peers.stream().<List<Integer>>map(peer -> new ArrayList<>()).toList();
    Stream.concat(counted.stream(), scenario.weather().stream().map(Weather::from))
        .distinct()
        .sorted()
        .forEach(
            time -> {
              OpenLoad.parkUntil(start + time.toNanos());
              if (counted.contains(time)) {
                IntStream.range(0, peers.size()).forEach(i -> requests.get(i).add(requests(i)));
              }
              if (!time.isZero()) {
                change(scenario, time);
              }
            });
    return requests;
  }

  private void change(Scenario scenario, Duration time) {
    for (Weather each : scenario.weather()) {
      if (each.from().equals(time)) {
        for (int i = 0; i < peers.size(); i++) {
          behave(i, each.behaviour(), each.percent());
        }
      }
    }
  }

  private void behave(int peer, Behaviour behaviour, int percent) {
    for (int route = 0; route < MOST_ROUTES; route++) {
      server.behave(peer * MOST_ROUTES + route, behaviour, DELAY_MILLIS, percent);
    }
  }

  private PeerClient connect(int peer, int routes) {
    List<String> origins =
        IntStream.range(0, routes).mapToObj(i -> server.url(peer * MOST_ROUTES + i)).toList();
    return peers.get(peer).connect(new Target(origins, PATH, ATTEMPT_TIME, CALL_TIME, false));
  }

  private int requests(int peer) {
    int all = 0;
    for (int route = 0; route < MOST_ROUTES; route++) {
      all += server.seen(peer * MOST_ROUTES + route).requests();
    }
    return all;
  }

  @Override
  public void close() {
    server.close();
  }
}
