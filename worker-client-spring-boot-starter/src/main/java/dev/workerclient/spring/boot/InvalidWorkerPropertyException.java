package dev.workerclient.spring.boot;

import java.util.Objects;

/**
 * Thrown if a property of {@code worker-client.*} is missing or not valid. The message names the
 * property and quotes no secret; Spring Boot prints it without a stack trace.
 */
public final class InvalidWorkerPropertyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String property;
  private final String reason;

  InvalidWorkerPropertyException(String property, String reason) {
    super(property + ": " + reason);
    this.property = Objects.requireNonNull(property, "property");
    this.reason = reason;
  }

  /** Returns the property's name, such as {@code worker-client.call-timeout}. */
  public String property() {
    return property;
  }

  /** Returns what is wrong with it. */
  String reason() {
    return reason;
  }
}
