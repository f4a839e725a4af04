package dev.workerclient.benchmarks.loopback;

import static dev.workerclient.benchmarks.page.Numbers.ratio;
import static dev.workerclient.benchmarks.page.Numbers.tenth;

import dev.workerclient.benchmarks.Form;
import dev.workerclient.benchmarks.client.Contender;
import dev.workerclient.benchmarks.client.TestedClient;
import dev.workerclient.benchmarks.page.Section;
import dev.workerclient.benchmarks.page.Table;
import dev.workerclient.benchmarks.server.ServerProcess;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What metrics and traces cost. */
public final class Watching {
  private static final String HEAD =
      """
      ## Metrics and traces

      CPU time of the same call on one thread, as above; ratios are relative to the client without a listener. Every call is
      sampled, which creates two spans, and the exporter drops them.

      """;
  private static final List<Contender> CONTENDERS =
      List.of(
          Contender.WORKER_CLIENT,
          Contender.WORKER_CLIENT_AGAIN,
          Contender.WORKER_CLIENT_METRICS,
          Contender.WORKER_CLIENT_TELEMETRY,
          Contender.WORKER_CLIENT_METRICS_TELEMETRY,
          Contender.WORKER_CLIENT_OBSERVATIONS,
          Contender.WORKER_CLIENT_BY_HAND);

  private Watching() {}

  /** Measures, for half a minute to two. */
  public static Section measure(Form form) throws Exception {
    Table table = new Table("", "CPU", "µs a call", "bytes");
    Map<Contender, TestedClient> clients = new EnumMap<>(Contender.class);
    try (ServerProcess server = ServerProcess.start(1);
        Load load = new BlockingLoad(1)) {
      for (Contender contender : CONTENDERS) {
        clients.put(contender, contender.connect(server.url(0)));
      }
      PairedRun run = new PairedRun(clients, form.of(100, 250));
      run.warmUp(CONTENDERS, load, "small", form.of(2_000, 5_000));
      for (Paired result : run.run(CONTENDERS, load, "small", 4, form.of(60, 100))) {
        table.row(
            result.contender().title(),
            result.spread(0.25, Turn::cpuMicros),
            tenth(result.median(Turn::cpuMicros)),
            ratio(result.ratio(Turn::bytesPerCall)));
      }
    } finally {
      clients.values().forEach(TestedClient::close);
    }
    return new Section(HEAD + table);
  }
}
