package dev.workerclient.benchmarks.growth;

import static dev.workerclient.benchmarks.page.Numbers.tenth;
import static dev.workerclient.benchmarks.page.Numbers.whole;

import dev.workerclient.benchmarks.Form;
import dev.workerclient.benchmarks.client.Contender;
import dev.workerclient.benchmarks.client.TestedClient;
import dev.workerclient.benchmarks.loopback.Latencies;
import dev.workerclient.benchmarks.page.Section;
import dev.workerclient.benchmarks.page.Table;
import dev.workerclient.benchmarks.server.Behaviour;
import dev.workerclient.benchmarks.server.ServerProcess;
import java.io.IOException;
import java.util.List;

/** Measures growth. */
public final class Growth {
  private static final int SERVICE_MILLIS = 100;

  private Growth() {}

  /** Measures, for half a minute to one. */
  public static Section measure(Form form) throws IOException {
    StringBuilder text = new StringBuilder("## Scaling\n\n");
    text.append("Services of one client, each with both routes, before the first call:\n\n");
    text.append(services()).append('\n');
    try (ServerProcess server = ServerProcess.start(1);
        LargeBodies bodies = new LargeBodies(server.url(0))) {
      text.append("A streamed body; allocation must not grow with it:\n\n");
      text.append(streams(form, bodies)).append('\n');
      text.append("A body of 1 MiB of gzip that expands to 1 GiB, with a limit of 16 MiB:\n\n");
      text.append(bombs(bodies)).append('\n');
      text.append("Concurrent async calls to a service that takes ").append(SERVICE_MILLIS);
      text.append(" ms; the second run of each, on the connections of the first:\n\n");
      text.append(calls(server)).append('\n');
    }
    return new Section(text.toString());
  }

  private static Table services() {
    Table table = new Table("services", "bytes each", "ns to find one");
    for (int services : List.of(1, 100, 10_000)) {
      table.row(
          whole(services),
          services == 1 ? "" : whole(ManyServices.bytesEach(services)),
          tenth(ManyServices.lookupNanos(services)));
    }
    return table;
  }

  private static Table streams(Form form, LargeBodies bodies) throws IOException {
    LargeBodies.Cost unused = bodies.stream(1 << 20);
    Table table = new Table("body", "ms", "bytes allocated", "of them a MiB");
    for (int shift : List.of(10, 20, 26, form.of(28, 30))) {
      LargeBodies.Cost cost = bodies.stream(1L << shift);
      table.row(
          whole(1L << (shift - 10)) + " KiB",
          tenth(cost.millis()),
          whole(cost.bytes()),
          whole(cost.bytes() / Math.max(1, Math.scalb(1.0, shift - 20))));
    }
    return table;
  }

  private static Table bombs(LargeBodies bodies) {
    Table table = new Table("status", "outcome", "ms", "MiB allocated");
    for (int status : List.of(200, 500)) {
      LargeBodies.Cost unused = bodies.bomb(status);
      LargeBodies.Cost cost = bodies.bomb(status);
      table.row(
          Integer.toString(status),
          cost.outcome(),
          tenth(cost.millis()),
          tenth(cost.bytes() / 1048576.0));
    }
    return table;
  }

  private static Table calls(ServerProcess server) {
    Table table =
        new Table("calls at once", "client", "p50 ms", "p99 ms", "connections", "peak in flight");
    server.behave(0, Behaviour.HEALTHY, SERVICE_MILLIS);
    for (int calls : List.of(1, 64, 512, 5_000)) {
      for (Contender contender : List.of(Contender.RAW, Contender.WORKER_CLIENT)) {
        server.reset(0);
        try (TestedClient client = contender.connect(server.url(0))) {
          Latencies first = ManyCalls.run(client, calls);
          Latencies second = ManyCalls.run(client, first.count());
          ServerProcess.Seen seen = server.seen(0);
          table.row(
              whole(calls),
              contender.title(),
              tenth(second.percentile(0.5)),
              tenth(second.percentile(0.99)),
              whole(seen.connections()),
              whole(seen.peakInFlight()));
        }
      }
    }
    return table;
  }
}
