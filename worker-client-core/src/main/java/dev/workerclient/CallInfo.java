package dev.workerclient;

/**
 * One call, as a {@link CallListener} sees it: the same object in all its events. Immutable, and
 * equal to itself alone.
 */
public final class CallInfo {
  private final String service;
  private final String operation;

  CallInfo(String service, String operation) {
    this.service = service;
    this.operation = operation;
  }

  /** The service's name. */
  public String service() {
    return service;
  }

  /** Method and path template, such as {@code GET /v1/capabilities/{name}}: of few values. */
  public String operation() {
    return operation;
  }

  @Override
  public String toString() {
    return service + " " + operation;
  }
}
