package dev.workerclient.internal.call.simulation;

import static dev.workerclient.internal.call.simulation.Scenario.SECOND;

import java.util.ArrayList;
import java.util.List;

/** What became of the calls of one process, or of several. */
final class BrownOutResult {
  private static final long SLOW = 5 * 25 * BrownOut.MILLI;

  private final List<Called> calls = new ArrayList<>();
  private final List<Requested> requests = new ArrayList<>();

  private record Called(long start, long end, boolean answered) {}

  private record Requested(long time, boolean onProxy) {}

  void called(long start, long end, boolean answered) {
    calls.add(new Called(start, end, answered));
  }

  void requested(long time, boolean onProxy) {
    requests.add(new Requested(time, onProxy));
  }

  void add(BrownOutResult other) {
    calls.addAll(other.calls);
    requests.addAll(other.requests);
  }

  /** The share of the calls that were answered. */
  double answered() {
    return (double) calls.stream().filter(Called::answered).count() / calls.size();
  }

  /** How many calls took five times as long as the longest of {@link BrownOut#answer}. */
  long slow() {
    return calls.stream().filter(call -> call.end() - call.start() > SLOW).count();
  }

  /** The part of all calls that did. */
  double slowShare() {
    return (double) slow() / calls.size();
  }

  /** Within how many milliseconds 99 of 100 calls ended. */
  long p99() {
    long[] times = calls.stream().mapToLong(call -> call.end() - call.start()).sorted().toArray();
    return times[times.length * 99 / 100] / BrownOut.MILLI;
  }

  double requestsPerCall() {
    return (double) requests.size() / calls.size();
  }

  /** The same from that second to that. */
  double requestsPerCall(int from, int to) {
    long made = calls.stream().filter(call -> isWithin(call.start(), from, to)).count();
    long sent = requests.stream().filter(request -> isWithin(request.time(), from, to)).count();
    return (double) sent / made;
  }

  /** How many requests the first route got from that second on. */
  long onProxySince(int from) {
    return requests.stream()
        .filter(request -> request.onProxy() && request.time() >= from * SECOND)
        .count();
  }

  /** How many milliseconds after that second the last call began that was not answered. */
  long recovery(int back) {
    return calls.stream()
        .filter(call -> !call.answered())
        .mapToLong(call -> Math.max(0, call.start() - back * SECOND) / BrownOut.MILLI)
        .max()
        .orElse(0);
  }

  private static boolean isWithin(long time, int from, int to) {
    return time >= from * SECOND && time < to * SECOND;
  }
}
