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

/** The CPU time of a call, which varies less than how long it takes. */
public final class Cpu {
  private static final String HEAD =
      """
      ## CPU time of a call

      A GET of 100 bytes of JSON over loopback. All threads of the client's process count, including the garbage
      collector's; the server is a separate process. Ratios are relative to raw OkHttp in the same round, as the median
      over the rounds, with the quartiles in brackets.

      """;
  private static final List<Contender> CONTENDERS =
      List.of(
          Contender.RAW,
          Contender.CONTROL,
          Contender.RAW_TEXT_URL,
          Contender.WORKER_CLIENT,
          Contender.RESILIENCE4J,
          Contender.FAILSAFE);

  private Cpu() {}

  /** Measures, for one to five minutes. */
  public static Section measure(Form form) throws Exception {
    StringBuilder text = new StringBuilder(HEAD);
    Map<Contender, TestedClient> clients = new EnumMap<>(Contender.class);
    try (ServerProcess server = ServerProcess.start(1)) {
      for (Contender contender : CONTENDERS) {
        clients.put(contender, contender.connect(server.url(0)));
      }
      PairedRun run = new PairedRun(clients, form.of(100, 250));
      try (Load load = new BlockingLoad(8)) {
        run.warmUp(CONTENDERS, load, "small", form.of(2_000, 5_000));
      }
      for (int threads : new int[] {1, 8}) {
        try (Load load = new BlockingLoad(threads)) {
          List<Paired> results = run.run(CONTENDERS, load, "small", 4, form.of(60, 100));
          text.append(table(threads == 1 ? "One thread" : threads + " threads", results));
        }
      }
    } finally {
      clients.values().forEach(TestedClient::close);
    }
    return new Section(text.toString());
  }

  private static String table(String title, List<Paired> results) {
    Table table = new Table("", "CPU", "µs a call", "calls a second");
    for (Paired result : results) {
      table.row(
          result.contender().title(),
          result.spread(0.25, Turn::cpuMicros),
          tenth(result.median(Turn::cpuMicros)),
          ratio(result.ratio(Turn::callsPerSecond)));
    }
    return "### " + title + "\n\n" + table + "\n";
  }
}
