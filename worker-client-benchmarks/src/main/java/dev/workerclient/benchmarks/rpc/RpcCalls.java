package dev.workerclient.benchmarks.rpc;

import static dev.workerclient.benchmarks.page.Numbers.ratio;
import static dev.workerclient.benchmarks.page.Numbers.whole;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.benchmarks.Form;
import dev.workerclient.benchmarks.loopback.AllocationMeter;
import dev.workerclient.benchmarks.page.Numbers;
import dev.workerclient.benchmarks.page.Section;
import dev.workerclient.benchmarks.page.Table;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.workerd.WorkerdServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Compares a call by fetch, a batch of one call, and one of three that build on each other. */
public final class RpcCalls {
  private static final Path PROXY = Path.of("../binding-proxy");
  private static final String ACCOUNTS = "ACCOUNTS";
  private static final String TOKEN = "fleet-token-0123456789-0123456789-abcdef";
  private static final String HEAD =
      """
      ## RPC

      Through the binding proxy on workerd, with one thread; medians of ratios relative to the fetch of the same round, with
      the tenth and the ninetieth percentile in brackets. The bare Worker is the smallest that can make
      these calls: what they cost through it is the runtime's own cost.

      """;
  private static final int WARM_UP = 40;
  private static final int CALLS = 25;

  private RpcCalls() {}

  private static final class Kind {
    final String title;
    final Runnable call;
    final double[] nanos;
    final double[] bytes;

    Kind(String title, Runnable call, int rounds) {
      this.title = title;
      this.call = call;
      this.nanos = new double[rounds];
      this.bytes = new double[rounds];
    }
  }

  /** Measures, for some seconds; says so if there is no workerd. */
  public static Section measure(Form form) {
    Optional<Path> workerd = WorkerdServer.findBinary(PROXY);
    if (workerd.isEmpty() || !Files.exists(PROXY.resolve("dist/binding-proxy.js"))) {
      return new Section(
          "## RPC\n\nNot measured: no workerd is installed; put `binding-proxy,` first in `-pl`.\n");
    }
    try (WorkerdServer server =
            WorkerdServer.builder()
                .config(PROXY.resolve("test/fleet/rpc.capnp"))
                .binary(workerd.get())
                .awaitSockets("proxy", "bare")
                .start();
        WorkerClient proxy = client(server.url("proxy"));
        WorkerClient bare = client(server.url("bare"))) {
      return new Section(
          HEAD + compare(proxy.service(ACCOUNTS), bare.service(ACCOUNTS), form.of(60, 200)));
    }
  }

  private static WorkerClient client(String url) {
    return WorkerClient.builder()
        .bindingProxy(url, proxy -> proxy.bearerToken(TOKEN))
        .service(ACCOUNTS)
        .build();
  }

  private static Table compare(WorkerService service, WorkerService bare, int rounds) {
    Accounts accounts = Rpc.of(service, Accounts.class);
    Accounts bareAccounts = Rpc.of(bare, Accounts.class);
    List<Kind> kinds =
        List.of(
            new Kind("a call by fetch", () -> fetch(service), rounds),
            new Kind("the same again (control)", () -> fetch(service), rounds),
            new Kind("a batch of one call", () -> hello(accounts), rounds),
            new Kind("a batch of three, each on the one before", () -> profile(service), rounds),
            new Kind("bare Worker: a call by fetch", () -> fetch(bare), rounds),
            new Kind("bare Worker: a batch of one call", () -> hello(bareAccounts), rounds),
            new Kind("bare Worker: a batch of three", () -> profile(bare), rounds));
    for (int round = -WARM_UP; round < rounds; round++) {
      for (int i = 0; i < kinds.size(); i++) {
        measure(kinds.get(Math.floorMod(i + round, kinds.size())), round);
      }
    }
    Table table = new Table("", "time", "bytes a call");
    for (Kind kind : kinds) {
      double[] ratios = ratios(kind.nanos, kinds.get(0).nanos);
      table.row(
          kind.title,
          ratio(Numbers.median(ratios))
              + " ("
              + ratio(Numbers.percentile(0.1, ratios))
              + "–"
              + ratio(Numbers.percentile(0.9, ratios))
              + ")",
          whole(Numbers.median(kind.bytes)));
    }
    return table;
  }

  private static void measure(Kind kind, int round) {
    AllocationMeter meter = AllocationMeter.start();
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      kind.call.run();
    }
    long nanos = System.nanoTime() - start;
    if (round >= 0) {
      kind.nanos[round] = nanos;
      kind.bytes[round] = (double) meter.bytes() / CALLS;
    }
  }

  private static void fetch(WorkerService service) {
    require(service.get("/").fetch(String.class).equals("fetched"));
  }

  private static void hello(Accounts accounts) {
    require(accounts.hello("you").equals("Hello you"));
  }

  private static void profile(WorkerService service) {
    Accounts.Profile profile =
        Rpc.batch(service, Accounts.class, accounts -> accounts.account(7).sub().profile());
    require(profile.name().equals("acct-7.1"));
  }

  private static void require(boolean right) {
    if (!right) {
      throw new IllegalStateException("not what accounts.js answers");
    }
  }

  private static double[] ratios(double[] values, double[] bases) {
    double[] ratios = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      ratios[i] = values[i] / bases[i];
    }
    return ratios;
  }
}
