package dev.workerclient.examples.shop;

import dev.workerclient.WorkerService;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Serves orders by an HTTP interface, and items by the service itself. */
@RestController
class ShopController {
  private final Orders orders;
  private final WorkerService catalog;

  ShopController(Orders orders, @Qualifier("CATALOG") WorkerService catalog) {
    this.orders = orders;
    this.catalog = catalog;
  }

  @GetMapping("/orders/{id}")
  Order order(@PathVariable String id) {
    return orders.order(id);
  }

  @GetMapping("/items/{id}")
  Item item(@PathVariable String id) {
    return catalog.get("/v1/items/{id}", id).fetch(Item.class);
  }

  @GetMapping("/items/{id}/later")
  CompletableFuture<Item> itemLater(@PathVariable String id) {
    return catalog.get("/v1/items/{id}", id).fetchAsync(Item.class);
  }
}
