package com.example.minimal;

import dev.workerclient.WorkerClient;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import okhttp3.OkHttpClient;

/** Calls a Worker with core alone. */
public class Main {
  public static void main(String[] args) {
    try (WorkerClient client =
        WorkerClient.builder()
            .okHttpClient(new OkHttpClient())
            .circuitBreakerRegistry(CircuitBreakerRegistry.ofDefaults())
            .service("ORDERS", service -> service.customDomain(args[0]))
            .build()) {
      System.out.println(client.service("ORDERS").get("/orders").execute().string());
    }
    System.exit(0);
  }
}
