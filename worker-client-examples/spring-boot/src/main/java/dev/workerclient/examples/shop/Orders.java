package dev.workerclient.examples.shop;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/** The Worker ORDERS: its group's name is the service's. */
public interface Orders {
  /** Returns an order. */
  @GetExchange("/v1/orders/{id}")
  Order order(@PathVariable String id);
}
