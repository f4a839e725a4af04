package dev.workerclient.internal.call.simulation;

/**
 * What happens to a service, and who calls it.
 *
 * @param instances of the service, each with clients of its own
 * @param clients of one instance
 * @param callsPerSecond of one client
 * @param death what a request gets while the service is dead
 * @param coldCapacity the requests that the service can answer when it comes back, as a multiple of
 *     the calls
 */
record Scenario(
    int instances, int clients, double callsPerSecond, Death death, double coldCapacity) {
  static final long SECOND = 1_000_000_000L;

  /** From which second on the service is slow, dead, and back. */
  static final int SLOW = 60;

  static final int DEAD = 90;
  static final int BACK = 150;

  /** What begins from here on is not reported. */
  static final int END = 210;

  /** When the last call begins: late enough to keep up the load on those that are reported. */
  static final int LAST = END + 10;

  /** How long the service takes until it has its full capacity again. */
  static final int WARM_UP = 30;

  static final double FULL_CAPACITY = 2;

  /** A thousand clients that call once a second. */
  static final Scenario FLEET = new Scenario(20, 50, 1, Death.MIXED, 0.5);

  /** A tenth of that, for comparisons. */
  static final Scenario TENTH = FLEET.withInstances(2);

  Scenario withInstances(int number) {
    return new Scenario(number, clients, callsPerSecond, death, coldCapacity);
  }

  /** As many calls, from other clients. */
  Scenario withRate(double perSecond) {
    int number = (int) StrictMath.round(clients * callsPerSecond / perSecond);
    return new Scenario(instances, number, perSecond, death, coldCapacity);
  }

  Scenario withDeath(Death other) {
    return new Scenario(instances, clients, callsPerSecond, other, coldCapacity);
  }

  Scenario withColdCapacity(double capacity) {
    return new Scenario(instances, clients, callsPerSecond, death, capacity);
  }

  /** The time from a client's call to its next. */
  long period() {
    return (long) (SECOND / callsPerSecond);
  }

  /** The requests that one instance can answer in a second. */
  double capacity(long now) {
    double warm = Math.min(1, (double) (now - BACK * SECOND) / (WARM_UP * SECOND));
    double multiple = coldCapacity + (FULL_CAPACITY - coldCapacity) * warm;
    return multiple * clients * callsPerSecond;
  }
}
