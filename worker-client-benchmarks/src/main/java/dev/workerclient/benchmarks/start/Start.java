package dev.workerclient.benchmarks.start;

import static dev.workerclient.benchmarks.page.Numbers.tenth;
import static dev.workerclient.benchmarks.page.Numbers.whole;

import dev.workerclient.benchmarks.Form;
import dev.workerclient.benchmarks.client.Contender;
import dev.workerclient.benchmarks.page.Numbers;
import dev.workerclient.benchmarks.page.Section;
import dev.workerclient.benchmarks.page.Table;
import dev.workerclient.benchmarks.server.ServerProcess;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Measures starts. */
public final class Start {
  private static final String HEAD =
      """
      ## Start

      From the start of a new JVM to the first decoded response; the median of differences to raw OkHttp in the same round.
      Classes are all classes that the JVM has loaded by then, its own included. Jars and their size are what the client and
      Jackson need at run time.

      """;

  private Start() {}

  /** What is started, and what it needs. */
  public static Map<Contender, Closure> closures() {
    Map<Contender, Closure> closures = new LinkedHashMap<>();
    closures.put(Contender.RAW, Closure.of("okhttp-jvm", "okhttp", "jackson-databind"));
    closures.put(Contender.WORKER_CLIENT, Closure.of("worker-client-jackson"));
    closures.put(
        Contender.RESILIENCE4J,
        Closure.of(
            "okhttp-jvm",
            "okhttp",
            "jackson-databind",
            "resilience4j-retry",
            "resilience4j-circuitbreaker"));
    closures.put(Contender.RETROFIT, Closure.of("converter-jackson", "okhttp-jvm", "okhttp"));
    closures.put(Contender.SPRING_JDK, Closure.of("spring-web", "jackson-databind"));
    closures.put(Contender.ARMERIA, Closure.of("armeria"));
    return closures;
  }

  /** Measures, for half a minute to five. */
  public static Section measure(Form form) throws Exception {
    Map<Contender, Closure> closures = closures();
    int rounds = form.of(5, 41);
    Map<Contender, double[]> millis = new LinkedHashMap<>();
    Table table = new Table("", "ms", "more than raw", "classes", "more than raw", "jars", "MiB");
    try (ServerProcess server = ServerProcess.start(1)) {
      for (int round = 0; round < rounds; round++) {
        for (Map.Entry<Contender, Closure> each : closures.entrySet()) {
          millis.computeIfAbsent(each.getKey(), key -> new double[rounds])[round] =
              new FirstAnswer(each.getKey(), each.getValue(), server.url(0)).millis();
        }
      }
      double[] raw = Objects.requireNonNull(millis.get(Contender.RAW));
      int rawClasses = 0;
      for (Map.Entry<Contender, Closure> each : closures.entrySet()) {
        Closure closure = each.getValue();
        int classes = new FirstAnswer(each.getKey(), closure, server.url(0)).classes();
        rawClasses = each.getKey() == Contender.RAW ? classes : rawClasses;
        double[] own = Objects.requireNonNull(millis.get(each.getKey()));
        table.row(
            each.getKey().title(),
            whole(Numbers.median(own)),
            whole(Numbers.median(differences(own, raw))),
            whole(classes),
            whole(classes - rawClasses),
            whole(closure.jars()),
            tenth(closure.bytes() / 1048576.0));
      }
    }
    return new Section(HEAD + table);
  }

  private static double[] differences(double[] values, double[] from) {
    double[] differences = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      differences[i] = values[i] - from[i];
    }
    return differences;
  }
}
