package dev.workerclient.examples.guide;

import dev.workerclient.WorkerClient;
import dev.workerclient.rpc.Idempotent;
import dev.workerclient.rpc.Rpc;
import java.util.List;

/** The code of docs/architecture-patterns.md. */
final class PatternsGuide {
  private PatternsGuide() {}

  /** Data. */
  record Order(String id, String item) {}

  /** Data. */
  record Summary(String id, String item, String price) {}

  static WorkerClient gateway(String gateway, String token) {
    WorkerClient client =
        WorkerClient.builder()
            .service(
                "ORDERS",
                service ->
                    service.customDomain(
                        gateway, domain -> domain.bearerToken(token).stampedBy("X-Gateway")))
            .service(
                "CATALOG",
                service ->
                    service.customDomain(
                        gateway, domain -> domain.bearerToken(token).stampedBy("X-Gateway")))
            .build();
    return client;
  }

  static Order throughTheGateway(WorkerClient client) {
    Order order = client.service("ORDERS").get("/orders/{id}", "o-1").fetch(Order.class);
    return order;
  }

  /** What the facade offers. */
  interface Shop {
    @Idempotent
    Summary summary(String orderId);
  }

  static Summary throughTheFacade(WorkerClient client) {
    Shop shop = Rpc.of(client.service("SHOP"), Shop.class);
    Summary summary = shop.summary("o-1");
    return summary;
  }

  static WorkerClient hybrid(String proxyUrl, String proxyToken, String domain) {
    WorkerClient client =
        WorkerClient.builder()
            .bindingProxy(proxyUrl, proxy -> proxy.bearerToken(proxyToken))
            .service("ORDERS", service -> service.customDomain(domain).healthPath("/health"))
            .build();
    return client;
  }

  /** One Durable Object of the sidecar. */
  interface Cart {
    List<String> add(String item);
  }

  static List<String> addToCart(WorkerClient client, String customer) {
    Cart cart = Rpc.of(client.service("CARTS").durableObject("cart-" + customer), Cart.class);
    List<String> items = cart.add("apple");
    return items;
  }

  /** The queue. */
  interface PackingJobs {
    @Idempotent
    void send(PackOrder job);
  }

  /** A message; its consumer packs each order once. */
  record PackOrder(String orderId) {}

  static void pack(WorkerClient client, String orderId) {
    PackingJobs jobs = Rpc.of(client.service("PACKING_JOBS"), PackingJobs.class);
    jobs.send(new PackOrder(orderId));
  }
}
