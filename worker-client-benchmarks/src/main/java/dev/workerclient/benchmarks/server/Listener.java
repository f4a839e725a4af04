package dev.workerclient.benchmarks.server;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/** One port: how it answers, and what has come to it. */
final class Listener {
  final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  final AtomicInteger requests = new AtomicInteger();
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger wasted = new AtomicInteger();
  volatile Behaviour behaviour = Behaviour.HEALTHY;
  volatile int delayMillis;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();

  void requested() {
    requests.incrementAndGet();
    peak.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
  }

  void answered() {
    inFlight.decrementAndGet();
  }

  void reset() {
    requests.set(0);
    connections.set(0);
    wasted.set(0);
    peak.set(0);
  }

  /** What {@link ServerProcess.Seen} is read from. */
  String tell() {
    return requests + " " + connections + " " + peak + " " + wasted;
  }
}
