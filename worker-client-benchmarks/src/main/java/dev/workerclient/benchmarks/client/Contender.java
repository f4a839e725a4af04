package dev.workerclient.benchmarks.client;

import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;

/** What is measured side by side. */
public enum Contender {
  RAW("raw OkHttp + Jackson", true, RawOkHttp::new),
  CONTROL("the same again (control)", true, RawOkHttp::new),
  RAW_TEXT_URL("raw, its URL made of text", false, RawOkHttpTextUrl::new),
  WORKER_CLIENT("worker-client", true, WorkerClients::withDefaults),
  WORKER_CLIENT_PROXY("worker-client by the binding proxy", false, WorkerClients::byBindingProxy),
  WORKER_CLIENT_BARE("worker-client, no breaker, no retry", false, WorkerClients::bare),
  RESILIENCE4J("OkHttp + resilience4j by hand", false, Resilience4jOkHttp::new),
  FAILSAFE("Failsafe on OkHttp", false, FailsafeOkHttp::new),
  RETROFIT("Retrofit", true, RetrofitClient::new),
  FEIGN("OpenFeign + resilience4j", false, FeignClient::new),
  SPRING_OKHTTP("Spring RestClient on OkHttp", false, SpringClient::onOkHttp),
  SPRING_JDK("Spring RestClient on java.net.http", false, SpringClient::onJdk),
  JDK("java.net.http", true, JdkClient::new),
  ARMERIA("Armeria, retry + breaker", true, ArmeriaClient::new),
  WORKER_CLIENT_AGAIN("the same again (control)", false, WorkerClients::withDefaults),
  WORKER_CLIENT_METRICS("with WorkerMetrics", false, Watched::byMetrics),
  WORKER_CLIENT_TELEMETRY("with WorkerTelemetry", false, Watched::byTelemetry),
  WORKER_CLIENT_METRICS_TELEMETRY("with both", false, Watched::byMetricsAndTelemetry),
  WORKER_CLIENT_OBSERVATIONS(
      "with WorkerObservations, timers and spans", false, Watched::byObservations),
  WORKER_CLIENT_BY_HAND("the same observations by hand", false, Watched::byHand);

  private final String title;
  private final boolean async;

  @SuppressWarnings("ImmutableEnumChecker") // References to constructors.
  private final Function<String, TestedClient> maker;

  Contender(String title, boolean async, Function<String, TestedClient> maker) {
    this.title = title;
    this.async = async;
    this.maker = maker;
  }

  /** How tables name it. */
  public String title() {
    return title;
  }

  /** A client of its own of that origin. */
  public TestedClient connect(String origin) {
    return maker.apply(origin);
  }

  /** Clients of different libraries or settings: without ours once more with a listener. */
  public static List<Contender> compared() {
    return List.copyOf(
        EnumSet.complementOf(EnumSet.range(WORKER_CLIENT_AGAIN, WORKER_CLIENT_BY_HAND)));
  }

  /** Those that can {@link TestedClient#start} calls. */
  public static List<Contender> async() {
    return List.of(values()).stream().filter(contender -> contender.async).toList();
  }
}
