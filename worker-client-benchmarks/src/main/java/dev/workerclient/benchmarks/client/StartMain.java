package dev.workerclient.benchmarks.client;

/**
 * A JVM's first call, by one client. It prints a line when the answer is decoded, and ends. Loads
 * no class of another client.
 */
public final class StartMain {
  private StartMain() {}

  public static void main(String[] args) throws Exception {
    TestedClient client = connect(args[0], args[1]);
    System.out.println(client.get("small").name());
    Runtime.getRuntime().halt(0);
  }

  private static TestedClient connect(String contender, String origin) {
    return switch (contender) {
      case "RAW" -> new RawOkHttpTextUrl(origin);
      case "WORKER_CLIENT" -> WorkerClients.withDefaults(origin);
      case "RESILIENCE4J" -> new Resilience4jOkHttp(origin);
      case "RETROFIT" -> new RetrofitClient(origin);
      case "SPRING_JDK" -> SpringClient.onJdk(origin);
      case "ARMERIA" -> new ArmeriaClient(origin);
      default -> throw new IllegalArgumentException(contender);
    };
  }
}
