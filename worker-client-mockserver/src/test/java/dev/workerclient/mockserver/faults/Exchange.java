package dev.workerclient.mockserver.faults;

/** One request that came to the proxy, and what was done to it. Thread-safe. */
public final class Exchange {
  private final String requestLine;
  private final Fault fault;
  private volatile boolean struck;
  private volatile boolean endedByServer;
  private volatile boolean endedByClient;
  private volatile boolean answered;

  Exchange(String requestLine, Fault fault) {
    this.requestLine = requestLine;
    this.fault = fault;
  }

  /** The request's first line, such as {@code GET /path HTTP/1.1}. */
  public String requestLine() {
    return requestLine;
  }

  /** The fault that was meant for it. */
  public Fault fault() {
    return fault;
  }

  /** Whether the fault came to do it; one at a byte that the exchange did not have never does. */
  public boolean isStruck() {
    return struck;
  }

  /** Whether nothing was done to it but passing it on, soon or late. */
  public boolean isSound() {
    return !struck || fault.isHarmless();
  }

  /** Whether the server ended the connection of its own accord, during the exchange or after it. */
  public boolean isEndedByServer() {
    return endedByServer;
  }

  void serverEnded() {
    endedByServer = true;
  }

  void clientEnded() {
    endedByClient = true;
  }

  boolean isAnswered() {
    return answered;
  }

  void answered() {
    answered = true;
  }

  void strike() {
    struck = true;
  }

  @Override
  public String toString() {
    return requestLine
        + (struck ? " struck by " : " spared by ")
        + fault
        + (endedByServer ? ", ended by the server" : "")
        + (endedByClient ? ", ended by the client" : "")
        + (answered ? ", answered" : ", not answered");
  }
}
