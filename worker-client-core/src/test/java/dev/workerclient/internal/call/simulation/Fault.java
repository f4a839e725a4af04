package dev.workerclient.internal.call.simulation;

import static dev.workerclient.error.Delivery.DELIVERED;
import static dev.workerclient.error.Delivery.NOT_DELIVERED;
import static dev.workerclient.error.Delivery.UNKNOWN;

import dev.workerclient.error.Delivery;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.table.CodeTable;
import dev.workerclient.internal.classify.table.KnownError;
import dev.workerclient.internal.classify.table.NetworkErrors;

/** How an attempt fails. */
enum Fault {
  HANG,
  BREAK,
  REFUSE,
  THROW;

  /** What the library takes it for: a row of its table, by the route. */
  Failure failure(boolean onProxy) {
    return switch (this) {
      case HANG -> of(onProxy ? proxy("TIMED_OUT") : NetworkErrors.SLOW, UNKNOWN);
      case BREAK -> of(onProxy ? proxy("NETWORK_LOST") : NetworkErrors.BROKEN, UNKNOWN);
      case REFUSE -> of(NetworkErrors.CONNECT, NOT_DELIVERED);
      case THROW ->
          onProxy ? of(proxy("TARGET_THREW"), UNKNOWN) : of(CodeTable.ofCode(1101), DELIVERED);
    };
  }

  private static KnownError proxy(String code) {
    return CodeTable.ofProxyCode(code);
  }

  private static Failure of(KnownError known, Delivery delivery) {
    return Failure.builder(known, "simulated").delivery(delivery, "simulated").build();
  }
}
