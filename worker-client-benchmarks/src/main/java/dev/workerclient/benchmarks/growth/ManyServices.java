package dev.workerclient.benchmarks.growth;

import dev.workerclient.WorkerClient;

/** Clients with many services, none of which is used. */
public final class ManyServices {
  private static final int LOOKUPS = 1_000_000;

  private ManyServices() {}

  /** Bytes that stay for each of so many services. */
  public static double bytesEach(int services) {
    try (WorkerClient warm = client(2)) {
      warm.service("SERVICE_1"); // What the classes themselves keep is not counted.
      long before = used();
      WorkerClient client = client(services);
      long after = used();
      client.close();
      return (double) (after - before) / services;
    }
  }

  /** Nanoseconds to find one of so many services. */
  static double lookupNanos(int services) {
    try (WorkerClient client = client(services)) {
      String[] names = new String[Math.min(services, 64)];
      for (int i = 0; i < names.length; i++) {
        names[i] = name(i * (services / names.length));
      }
      long nanos = 0;
      for (int run = 0; run < 3; run++) { // The last is that of compiled code.
        long start = System.nanoTime();
        int length = 0;
        for (int i = 0; i < LOOKUPS; i++) {
          length += client.service(names[i % names.length]).name().length();
        }
        nanos = System.nanoTime() - start;
        if (length == 0) {
          throw new IllegalStateException("no service has a name");
        }
      }
      return (double) nanos / LOOKUPS;
    }
  }

  private static WorkerClient client(int services) {
    WorkerClient.Builder builder =
        WorkerClient.builder().bindingProxy("https://workers-proxy.example.com");
    for (int i = 0; i < services; i++) {
      String domain = "https://service-" + i + ".example.com";
      builder.service(name(i), service -> service.customDomain(domain));
    }
    return builder.build();
  }

  private static String name(int number) {
    return "SERVICE_" + number;
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
