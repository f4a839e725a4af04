package dev.workerclient.benchmarks.server;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** One port: how it answers, and what has come to it. */
final class Listener {
  final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  final AtomicInteger requests = new AtomicInteger();
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger wasted = new AtomicInteger();
  private volatile Draw draw = new Draw(Behaviour.HEALTHY, 100);
  volatile int delayMillis;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();

  /** A behaviour of some requests, the same ones of each draw; the others are answered. */
  private static final class Draw {
    private static final long SEED = 20_261_128;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Behaviour behaviour;
    private final int percent;

    Draw(Behaviour behaviour, int percent) {
      this.behaviour = behaviour;
      this.percent = percent;
    }

    Behaviour next() {
      return random.nextInt(100) < percent ? behaviour.at(System.nanoTime()) : Behaviour.HEALTHY;
    }
  }

  void behave(Behaviour behaviour, int delay, int percent) {
    delayMillis = delay;
    draw = new Draw(behaviour, percent);
  }

  /** How the request that has come is to be answered; called by the one thread of the server. */
  Behaviour next() {
    return draw.next();
  }

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
