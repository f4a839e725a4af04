package dev.workerclient.mockserver;

import java.time.Duration;

/**
 * How a body goes on the wire. Immutable.
 *
 * @param piece how many bytes go at once
 * @param between the time before each further piece
 * @param most how many bytes go at all
 * @param stop what comes then, where the body is longer
 */
record Pace(int piece, Duration between, int most, Stop stop) {
  static final Pace AT_ONCE =
      new Pace(Integer.MAX_VALUE, Duration.ZERO, Integer.MAX_VALUE, Stop.CONNECTION_CLOSED);

  Pace inPieces(int bytes, Duration time) {
    return new Pace(bytes, time, most, stop);
  }

  Pace stoppingAfter(int bytes, Stop how) {
    return new Pace(piece, between, bytes, how);
  }

  /** What follows the last byte of a body that stops early. */
  enum Stop {
    CONNECTION_CLOSED,
    /** Nothing, until the mock is reset or closed. */
    SILENCE
  }
}
