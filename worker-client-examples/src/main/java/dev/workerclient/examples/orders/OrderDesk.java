package dev.workerclient.examples.orders;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerResponse;
import dev.workerclient.WorkerService;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerResponseException;
import java.util.Optional;

/** Takes a shop's orders, which the Worker behind the service ORDERS keeps. Thread-safe. */
public final class OrderDesk {
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final WorkerService orders;

  /** The client is the caller's to close. */
  public OrderDesk(WorkerClient client) {
    this.orders = client.service("ORDERS");
  }

  /** Places an order, at most once. */
  public Receipt place(String item, int count) {
    try {
      Order placed = orders.post("/v1/orders").body(new NewOrder(item, count)).fetch(Order.class);
      return new Receipt(Receipt.State.PLACED, Optional.of(placed.id()));
    } catch (WorkerResponseException e) {
      if (e.status() == CONFLICT) {
        return Receipt.of(Receipt.State.SOLD_OUT);
      }
      throw e;
    } catch (WorkerException e) {
      return Receipt.of(
          e.delivery() == Delivery.NOT_DELIVERED
              ? Receipt.State.NOT_PLACED
              : Receipt.State.TO_BE_CHECKED);
    }
  }

  /** Finds an order. */
  public Optional<Order> find(String id) {
    WorkerResponse response = orders.get("/v1/orders/{id}", id).execute();
    return response.status() == NOT_FOUND
        ? Optional.empty()
        : Optional.of(response.orThrow().bodyAs(Order.class));
  }

  private record NewOrder(String item, int count) {}
}
