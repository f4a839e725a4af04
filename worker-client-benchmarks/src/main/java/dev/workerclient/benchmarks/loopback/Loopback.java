package dev.workerclient.benchmarks.loopback;

import static dev.workerclient.benchmarks.page.Numbers.ratio;
import static dev.workerclient.benchmarks.page.Numbers.whole;

import dev.workerclient.benchmarks.Form;
import dev.workerclient.benchmarks.client.Contender;
import dev.workerclient.benchmarks.client.TestedClient;
import dev.workerclient.benchmarks.page.Bars;
import dev.workerclient.benchmarks.page.Section;
import dev.workerclient.benchmarks.page.Table;
import dev.workerclient.benchmarks.server.ServerProcess;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A GET of JSON into an object, by every client. */
public final class Loopback {
  private static final String HEAD =
      """
      ## Side by side over loopback

      A GET of JSON that is decoded into an object. All ratios are relative to raw OkHttp in the same round: calls a second
      (more is better), p50 and p99 (less is better). Each is the median over the rounds, with the tenth and the ninetieth
      percentile in brackets. **The control is raw OkHttp again: differences within its brackets are noise.** Bytes are what
      all threads of the client allocate for a call.

      """;
  private static final int IN_FLIGHT = 64;

  private final Form form;
  private final StringBuilder text = new StringBuilder(HEAD);
  private final Map<String, String> charts = new LinkedHashMap<>();

  private Loopback(Form form) {
    this.form = form;
  }

  /** Measures, for one to twenty minutes. */
  public static Section measure(Form form) throws Exception {
    Loopback loopback = new Loopback(form);
    Map<Contender, TestedClient> clients = new EnumMap<>(Contender.class);
    try (ServerProcess server = ServerProcess.start(1)) {
      for (Contender contender : Contender.compared()) {
        clients.put(contender, contender.connect(server.url(0)));
      }
      loopback.measure(new PairedRun(clients, form.of(60, 250)));
    } finally {
      clients.values().forEach(TestedClient::close);
    }
    return new Section(loopback.text.toString(), loopback.charts);
  }

  private void measure(PairedRun run) throws Exception {
    List<Contender> all = Contender.compared();
    int rounds = form.of(11, 41);
    int few = form.of(2, 8);
    List<Paired> one;
    List<Paired> eight;
    try (Load load = new BlockingLoad(8)) {
      // Long, and in parallel: a slow client must not be slower for having made few calls yet.
      run.warmUp(all, load, "small", form.of(900, 5_000));
    }
    try (Load load = new BlockingLoad(1)) {
      one = run.run(all, load, "small", few, rounds);
      table("One thread, 100 bytes", one);
      table("One thread, 10 KiB", run.run(all, load, "large", few, rounds));
    }
    try (Load load = new BlockingLoad(8)) {
      eight = run.run(all, load, "small", few, rounds);
      table("Eight threads, 100 bytes", eight);
      table("Eight threads, 10 KiB", run.run(all, load, "large", few, rounds));
    }
    try (Load load = new AsyncLoad(IN_FLIGHT)) {
      List<Contender> async = Contender.async();
      table(
          "Async, " + IN_FLIGHT + " in flight, 100 bytes",
          run.run(async, load, "small", 2 * few, rounds));
    }
    chart(one, eight);
  }

  private void table(String title, List<Paired> results) {
    Table table = new Table("", "calls a second", "p50", "p99", "bytes a call", "of raw");
    for (Paired result : results) {
      table.row(
          result.contender().title(),
          result.spread(0.1, Turn::callsPerSecond),
          ratio(result.ratio(Turn::p50)),
          ratio(result.ratio(Turn::p99)),
          whole(result.median(Turn::bytesPerCall)),
          ratio(result.ratio(Turn::bytesPerCall)));
    }
    text.append("### ").append(title).append("\n\n").append(table).append('\n');
  }

  private void chart(List<Paired> one, List<Paired> eight) {
    List<String> names = one.stream().map(result -> result.contender().title()).toList();
    charts.put(
        "benchmarks-loopback.svg",
        Bars.ofRatios("100 bytes of JSON over loopback, as a ratio to raw OkHttp", names)
            .panel("calls a second, 1 thread", 1.6, ratios(one))
            .panel("calls a second, 8 threads", 1.6, ratios(eight))
            .panel(
                "bytes a call",
                4,
                one.stream().mapToDouble(result -> result.ratio(Turn::bytesPerCall)).toArray())
            .svg());
    text.append("![Calls a second and bytes a call](benchmarks-loopback.svg)\n\n");
  }

  private static double[] ratios(List<Paired> results) {
    return results.stream().mapToDouble(result -> result.ratio(Turn::callsPerSecond)).toArray();
  }
}
