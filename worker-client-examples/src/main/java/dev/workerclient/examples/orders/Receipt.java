package dev.workerclient.examples.orders;

import java.util.Optional;

/**
 * The result of placing an order.
 *
 * @param orderId present if the order was placed
 */
public record Receipt(State state, Optional<String> orderId) {
  static Receipt of(State state) {
    return new Receipt(state, Optional.empty());
  }

  /** Whether the order exists. */
  public enum State {
    PLACED,
    SOLD_OUT,
    /** It does not exist, and may be placed again. */
    NOT_PLACED,
    /** It may exist: a person looks before anyone places it again. */
    TO_BE_CHECKED
  }
}
