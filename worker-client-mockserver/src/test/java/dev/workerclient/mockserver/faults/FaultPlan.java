package dev.workerclient.mockserver.faults;

/** Says what happens to each exchange. Thread-safe. */
@FunctionalInterface
public interface FaultPlan {
  /**
   * Returns the fault for the exchange that begins now.
   *
   * @param requestLine the request's first line
   */
  Fault next(String requestLine);

  /** Does the same to every exchange; the fault must be one without memory. */
  static FaultPlan always(Fault fault) {
    return requestLine -> fault;
  }
}
