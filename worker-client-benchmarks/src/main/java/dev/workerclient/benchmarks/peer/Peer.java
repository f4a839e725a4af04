package dev.workerclient.benchmarks.peer;

import dev.workerclient.CircuitBreakerOptions;
import java.util.List;
import java.util.function.Function;

/** What is measured side by side. */
public enum Peer {
  WORKER_CLIENT("worker-client", target -> new WorkerClientPeer(target, null)),
  WITHOUT_BREAKERS(
      "worker-client without breakers",
      target -> new WorkerClientPeer(target, CircuitBreakerOptions.disabled())),
  RESILIENCE4J("OkHttp + resilience4j by hand", HandMadePeer::new),
  OKHTTP("raw OkHttp", target -> new OkHttpPeer(target, true)),
  OKHTTP_ONCE("raw OkHttp, no retryOnConnectionFailure", target -> new OkHttpPeer(target, false)),
  JDK("java.net.http", JdkPeer::new);

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // References to constructors.
  private final Function<Target, PeerClient> maker;

  Peer(String title, Function<Target, PeerClient> maker) {
    this.title = title;
    this.maker = maker;
  }

  /** How tables name it. */
  public String title() {
    return title;
  }

  /** A new client of that target. */
  public PeerClient connect(Target target) {
    return maker.apply(target);
  }

  /** All but those that are like another, if no connection fails. */
  public static List<Peer> distinct() {
    return List.of(WORKER_CLIENT, WITHOUT_BREAKERS, RESILIENCE4J, OKHTTP, JDK);
  }
}
