package dev.workerclient;

import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerCallException;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerTimeoutException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLException;

/** Runs code of the application's own once and maps what it throws, no more. */
final class Guard {
  private Guard() {}

  static <T> T run(String service, String operation, Callable<T> code) {
    try {
      return code.call();
    } catch (WorkerException e) {
      throw e;
    } catch (IOException e) {
      if (isTimeout(e)) {
        throw new WorkerTimeoutException(
            error(service, operation, "WORKER_TIMEOUT", 504, e),
            WorkerTimeoutException.Phase.ATTEMPT,
            e);
      }
      throw new WorkerConnectionException(
          error(service, operation, "WORKER_CONNECTION", 502, e), phase(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkerCallException(error(service, operation, "WORKER_CALL", 502, e), e);
    } catch (Exception e) {
      throw new WorkerCallException(error(service, operation, "WORKER_CALL", 502, e), e);
    }
  }

  /** By name where the type is of java.net.http, a module that the library does not need. */
  private static boolean isTimeout(IOException e) {
    String type = e.getClass().getName();
    return e instanceof InterruptedIOException // SocketTimeoutException is one.
        || type.equals("java.net.http.HttpTimeoutException")
        || type.equals("java.net.http.HttpConnectTimeoutException");
  }

  private static ServiceError error(
      String service, String operation, String code, int status, Exception e) {
    return ServiceError.builder(service, operation, code)
        .message("the guarded code threw " + e.getClass().getName())
        .status(status)
        .diagnosis(
            Diagnosis.of(
                "application code failed",
                "see the exception's cause",
                "no, the target may have run: the code of guard(…) may have called it"))
        .build();
  }

  private static WorkerConnectionException.Phase phase(IOException e) {
    if (e instanceof UnknownHostException) {
      return WorkerConnectionException.Phase.DNS;
    }
    if (e instanceof ConnectException) {
      return WorkerConnectionException.Phase.CONNECT;
    }
    return e instanceof SSLException
        ? WorkerConnectionException.Phase.TLS
        : WorkerConnectionException.Phase.EXCHANGE;
  }
}
