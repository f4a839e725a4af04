package dev.workerclient.internal.http;

import java.io.IOException;

/** A pooled connection can't carry the request, of which nothing was written. Never leaves here. */
final class UnusableConnectionException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean silent;

  private UnusableConnectionException(String message, boolean silent) {
    super(message);
    this.silent = silent;
  }

  static UnusableConnectionException closed() {
    return new UnusableConnectionException("the server had closed the pooled connection", false);
  }

  static UnusableConnectionException silent() {
    return new UnusableConnectionException("nothing arrives on the pooled connection", true);
  }

  /** Whether the connection stays in the pool, for the requests that it carries. */
  boolean isSilent() {
    return silent;
  }

  /** None: it is thrown once for each connection, and nobody sees it. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
