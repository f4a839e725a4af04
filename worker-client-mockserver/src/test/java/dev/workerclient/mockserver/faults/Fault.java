package dev.workerclient.mockserver.faults;

import java.io.IOException;

/**
 * What happens to one exchange. It is told the exchange's bytes, each direction in order and on a
 * thread of its own; what it does not pass on is lost. Made anew for each exchange.
 */
public interface Fault {
  /** Passes on a piece of the request, unless it does something else. */
  default void onRequest(Piece piece, Link link) throws IOException {
    link.toServer(piece);
  }

  /** Passes on a piece of the response, unless it does something else. */
  default void onResponse(Piece piece, Link link) throws IOException {
    link.toClient(piece);
  }

  /** Whether the exchange can go well all the same. */
  default boolean isHarmless() {
    return false;
  }
}
