package dev.workerclient.internal.call;

import dev.workerclient.internal.call.CallPath.GuardedRoute;
import dev.workerclient.internal.call.CallPath.HedgePolicy;
import dev.workerclient.internal.call.CallPath.Resilience;
import dev.workerclient.internal.call.CallPath.Sender;
import dev.workerclient.internal.call.Latencies.Latency;
import dev.workerclient.internal.http.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends a call by a route, and by the next one too if this one takes longer than usual. The first
 * answer counts. Only calls that are repeatable are ever sent twice. Thread-safe.
 */
final class HedgedRoute implements Sender {
  final Sender next;
  final GuardedRoute nextRoute;
  final int nextIndex;
  final int routes;
  final Resilience resilience;
  final HedgePolicy policy;
  private final @Nullable Latencies nextLatencies;
  private final Sender first;
  private final Latencies latencies;

  /** The route of that index, which is not the last one, in a chain. */
  private HedgedRoute(
      int index,
      List<GuardedRoute> routes,
      List<Sender> chain,
      Latencies latencies,
      Resilience resilience,
      HedgePolicy policy) {
    this.first = chain.get(index);
    this.latencies = latencies;
    this.nextIndex = index + 1;
    this.next = chain.get(nextIndex);
    this.nextRoute = routes.get(nextIndex);
    this.nextLatencies = nextRoute.latencies();
    this.routes = routes.size();
    this.resilience = resilience;
    this.policy = policy;
  }

  /** The same chain with a hedge of each route but the last one. */
  static List<Sender> chain(List<GuardedRoute> routes, List<Sender> chain, Resilience resilience) {
    HedgePolicy policy = resilience.hedging();
    if (policy == null) {
      return chain;
    }
    List<Sender> hedged = new ArrayList<>(chain);
    for (int i = 0; i + 1 < chain.size(); i++) {
      Latencies latencies = routes.get(i).latencies();
      if (latencies != null) {
        hedged.set(i, new HedgedRoute(i, routes, chain, latencies, resilience, policy));
      }
    }
    return hedged;
  }

  @Override
  public Outcome send(Call call) {
    long delay = delay(call);
    if (delay >= call.nanosLeft()) {
      return first.send(call);
    }
    call.hedged = true;
    Hedge hedge = new Hedge(this, call, call.nanoTime() + delay);
    resilience.timers().start(hedge);
    @Nullable Outcome outcome = null;
    try {
      outcome = first.send(call);
      return hedge.stop() ? outcome : hedge.join(outcome);
    } finally {
      call.hedged = false;
      if (outcome == null && !hedge.stop()) {
        hedge.abandon(); // The application's code threw.
      }
    }
  }

  /**
   * Notes whether a hedge helped that took so long: one that won did, and one that takes twice the
   * usual time did not, since that route is slow too. Of routes that answer within less than the
   * shortest delay, that delay counts as usual: a few milliseconds are noise. A first answer that
   * is hardly late says nothing.
   */
  void ended(Call call, boolean won, long nanos) {
    long usual = nextLatencies == null ? Latency.UNKNOWN : nextLatencies.of(call.spec).usual;
    if (usual == Latency.UNKNOWN) {
      usual = latencies.of(call.spec).usual; // Few of its calls went that way yet.
    }
    if (nanos / 2 > Math.max(usual, policy.least())) {
      resilience.budget().didNotHelp();
    } else if (won) {
      resilience.budget().helped();
    }
  }

  /** After how many nanoseconds the next route is asked too; the longest time for never. */
  private long delay(Call call) {
    boolean able =
        call.spec.repeatable()
            && (policy.all() || call.spec.isRead())
            && call.spec.canBeSentTwiceAtOnce()
            && call.mayAttemptTwice()
            && call.allows(nextIndex);
    long usual = able ? latencies.of(call.spec).usual : Latency.UNKNOWN;
    return usual == Latency.UNKNOWN
        ? Latency.UNKNOWN
        : Math.max(policy.least(), Math.min(policy.most(), usual));
  }
}
