package dev.workerclient.examples.guide;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.error.WorkerTimeoutException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The code of docs/timeouts.md. */
final class TimeoutsGuide {
  private static final Logger log = LoggerFactory.getLogger(TimeoutsGuide.class);

  private final WorkerService catalog;

  TimeoutsGuide(WorkerService catalog) {
    this.catalog = catalog;
  }

  record Price(String sku, long cents) {}

  static WorkerClient client() {
    WorkerClient client =
        WorkerClient.builder()
            .service("CATALOG", service -> service.customDomain("https://catalog.example.com"))
            .service(
                "MEDIA",
                service ->
                    service
                        .customDomain("https://media.example.com")
                        .callTimeout(Duration.ofSeconds(60))
                        .attemptTimeout(Duration.ofSeconds(25)))
            .callTimeout(Duration.ofSeconds(2))
            .attemptTimeout(Duration.ofMillis(800))
            .connectTimeout(Duration.ofMillis(500))
            .build();
    return client;
  }

  static WorkerClient warm(String proxyToken) {
    WorkerClient client =
        WorkerClient.builder()
            .bindingProxy(
                "https://workers-proxy.example.com", proxy -> proxy.bearerToken(proxyToken))
            .service(
                "ORDERS",
                service ->
                    service.customDomain("https://orders.example.com").healthPath("/v1/health"))
            .service("CATALOG")
            .connectionMaxAge(Duration.ofMinutes(10))
            .build();
    client.warmUp().forEach(error -> log.warn("not reached: {}", error));
    return client;
  }

  Price within(Duration left, String sku) {
    Price price = catalog.get("/v1/prices/{sku}", sku).callTimeout(left).fetch(Price.class);
    return price;
  }

  Price phase(String sku) {
    try {
      return catalog.get("/v1/prices/{sku}", sku).fetch(Price.class);
    } catch (WorkerTimeoutException e) {
      log.warn("{} ran out, {}: {}", e.phase(), e.delivery(), e.attempts());
      throw e;
    }
  }
}
