package dev.workerclient.benchmarks.virtual;

import static dev.workerclient.benchmarks.page.Numbers.ratio;
import static dev.workerclient.benchmarks.page.Numbers.tenth;
import static dev.workerclient.benchmarks.page.Numbers.whole;

import dev.workerclient.benchmarks.Form;
import dev.workerclient.benchmarks.client.Contender;
import dev.workerclient.benchmarks.page.Section;
import dev.workerclient.benchmarks.page.Table;
import dev.workerclient.benchmarks.server.Behaviour;
import dev.workerclient.benchmarks.server.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Measures virtual threads. */
public final class VirtualThreads {
  private static final int THREADS = 1_000;

  private VirtualThreads() {}

  /** Measures, for half a minute; says so if there is no JDK that has them. */
  public static Section measure(Form form) throws IOException, InterruptedException {
    Optional<Path> jdk = NewerJdk.find();
    if (jdk.isEmpty()) {
      return new Section(
          "## Virtual threads\n\nNot measured: no JDK 24 or newer is installed beside this one.\n");
    }
    int service = form.of(100, 200);
    StringBuilder text = new StringBuilder("## Virtual threads\n\n");
    text.append(THREADS)
        .append(" of them, each making one call after another to a service that takes ");
    text.append(service).append(" ms. Ratios are relative to that time. ");
    text.append("Pinned: events of 1 ms or more.\n\n");
    Table table =
        new Table("", "p50", "p99 ms", "connections", "peak in flight", "pinned", "failed");
    try (ServerProcess server = ServerProcess.start(1)) {
      server.behave(0, Behaviour.HEALTHY, service);
      for (Contender contender : contenders(form)) {
        server.reset(0);
        String[] numbers = run(jdk.get(), contender, server.url(0));
        ServerProcess.Seen seen = server.seen(0);
        table.row(
            contender.title(),
            ratio(Double.parseDouble(numbers[0]) / service),
            tenth(Double.parseDouble(numbers[1])),
            whole(seen.connections()),
            whole(seen.peakInFlight()),
            numbers[2],
            numbers[3]);
      }
    }
    return new Section(text.append(table).toString());
  }

  private static List<Contender> contenders(Form form) {
    return form == Form.FULL
        ? List.of(Contender.values())
        : List.of(Contender.RAW, Contender.WORKER_CLIENT);
  }

  private static String[] run(Path jdk, Contender contender, String origin)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                jdk.resolve("bin").resolve("java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                VirtualMain.class.getName(),
                contender.name(),
                origin,
                Integer.toString(THREADS))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      if (process.waitFor() != 0 || line == null) {
        throw new IOException(contender + " failed on virtual threads");
      }
      return line.split(" ", -1);
    }
  }
}
