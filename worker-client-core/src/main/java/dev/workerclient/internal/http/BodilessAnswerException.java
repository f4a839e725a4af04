package dev.workerclient.internal.http;

import java.io.IOException;
import okhttp3.Response;

/**
 * A 204 or 205 that names a length, which OkHttp refuses. It is an answer without a body all the
 * same (RFC 9110, 15.3.5), and travels as an exception so that OkHttp closes the connection, on
 * which a body may follow.
 */
final class BodilessAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Response response;

  BodilessAnswerException(Response response) {
    super("an answer that has no body names a length");
    this.response = response;
  }

  Response response() {
    return response;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
