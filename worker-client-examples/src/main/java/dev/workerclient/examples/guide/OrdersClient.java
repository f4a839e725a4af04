package dev.workerclient.examples.guide;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.workerclient.TypeRef;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerResponse;
import dev.workerclient.WorkerService;
import dev.workerclient.error.BindingNotFoundException;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerResponseException;
import dev.workerclient.error.WorkerTimeoutException;
import dev.workerclient.jackson.JacksonCodec;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the ORDERS Worker. */
final class OrdersClient {
  private static final Logger log = LoggerFactory.getLogger(OrdersClient.class);

  record Order(String id, int quantity) {}

  record Receipt(String id) {}

  private final WorkerService orders;

  OrdersClient(WorkerClient client) {
    this.orders = client.service("ORDERS");
  }

  static WorkerClient client(String proxyToken) {
    return WorkerClient.builder()
        .bindingProxy("https://workers-proxy.example.com", proxy -> proxy.bearerToken(proxyToken))
        .service("ORDERS", service -> service.customDomain("https://orders.example.com"))
        .build();
  }

  Order order(String id) {
    return orders.get("/v1/orders/{id}", id).fetch(Order.class);
  }

  Receipt place(Order order) {
    return orders.post("/v1/orders").body(order).idempotencyKey(order.id()).fetch(Receipt.class);
  }

  List<Order> open() {
    return orders.get("/v1/orders").query("state", "open").fetch(new TypeRef<List<Order>>() {});
  }

  void cancel(String id) {
    orders.delete("/v1/orders/{id}", id).send();
  }

  boolean changed(String id, String etag) {
    WorkerResponse response =
        orders.get("/v1/orders/{id}", id).header("If-None-Match", etag).execute();
    if (response.status() == 304) {
      return false;
    }
    log.info("now {}", response.orThrow().header("ETag"));
    return true;
  }

  Optional<Order> find(String id) {
    try {
      return Optional.of(orders.get("/v1/orders/{id}", id).fetch(Order.class));
    } catch (WorkerResponseException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  Receipt placeOrExplain(Order order) {
    try {
      return orders.post("/v1/orders").body(order).fetch(Receipt.class);
    } catch (WorkerTimeoutException e) {
      log.warn("the {} timer fired, delivery {}", e.phase(), e.delivery());
      throw e;
    } catch (BindingNotFoundException e) {
      log.error("fix the binding proxy: {}", e.diagnosis().fix());
      throw e;
    } catch (WorkerException e) {
      ServiceError error = e.serviceError();
      log.warn(
          "{} failed with {}, safe to resend: {}, answer our caller with HTTP {}",
          error.operation(),
          error.code(),
          error.safeToResend(),
          error.status());
      throw e;
    }
  }

  CompletableFuture<Integer> quantity(String id) {
    return orders.get("/v1/orders/{id}", id).fetchAsync(Order.class).thenApply(Order::quantity);
  }

  int quantityOrZero(String id) {
    try {
      return quantity(id).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof WorkerException failure) {
        log.warn("no quantity for {}: {}", id, failure.serviceError().code());
        return 0;
      }
      throw e;
    }
  }

  static WorkerClient clientWithMapper(String origin) {
    ObjectMapper mapper =
        JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .findAndAddModules()
            .build();
    return WorkerClient.builder()
        .service("ORDERS", service -> service.customDomain(origin))
        .bodyCodec(JacksonCodec.of(mapper))
        .build();
  }
}
