package dev.workerclient.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the desk does while all is well, whatever plays the Worker. */
interface OrderDeskContract {
  OrderDesk desk();

  @Test
  default void anOrderIsPlacedAndFound() {
    Receipt receipt = desk().place("apple", 3);

    assertThat(receipt.state()).isEqualTo(Receipt.State.PLACED);
    String id = receipt.orderId().orElseThrow();
    assertThat(desk().find(id)).hasValue(new Order(id, "apple", 3));
  }

  @Test
  default void whatIsSoldOutIsNotPlaced() {
    assertThat(desk().place("unicorn", 1).state()).isEqualTo(Receipt.State.SOLD_OUT);
  }

  @Test
  default void anOrderThatNobodyPlacedIsNotFound() {
    assertThat(desk().find("o-999")).isEmpty();
  }
}
