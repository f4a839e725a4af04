package dev.workerclient.benchmarks.server;

/** How a listener of the server answers. */
public enum Behaviour {
  /** At once, or after the delay that is set. */
  HEALTHY,
  /** Never; the connection stays open. */
  HANGS,
  /** A 404 with {@code error code: 1042}, at once. */
  FAILS_FAST,
  /** A 520 without content, as Cloudflare answers itself, at once. */
  FAILS,
  /** As {@link #HEALTHY}, after ten times the delay. */
  SLOW,
  /** One second as {@link #HEALTHY}, the next as {@link #HANGS}. */
  FLAPS;

  private static final long SECOND = 1_000_000_000;

  /** What it is at that nanosecond. */
  Behaviour at(long nanos) {
    if (this != FLAPS) {
      return this;
    }
    return Math.floorMod(nanos / SECOND, 2) == 0 ? HEALTHY : HANGS;
  }
}
