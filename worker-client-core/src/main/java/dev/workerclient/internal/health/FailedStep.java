package dev.workerclient.internal.health;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.ServiceError;
import dev.workerclient.health.BindingHealth;
import dev.workerclient.health.Check;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.ConnectionLog;
import org.jspecify.annotations.Nullable;

/**
 * Which check of a route failed.
 *
 * @param seen what was seen
 * @param fix what to do
 */
record FailedStep(Check check, String seen, String fix) {

  /** Finds the check that the failure of a request belongs to. */
  static FailedStep of(Failure failure, ConnectionLog log) {
    // A credential, an interceptor or an interrupt ended it before a connection was begun.
    boolean neverBegun =
        failure.delivery() == Delivery.NOT_DELIVERED && failure.status() == 0 && !log.hasBegun();
    return new FailedStep(
        neverBegun ? Check.CONFIGURED : check(failure, log),
        failure.summary() + ": " + failure.cause(),
        failure.fix());
  }

  static FailedStep of(Check check, ServiceError error) {
    return new FailedStep(
        check, error.message() + ": " + error.diagnosis().cause(), error.diagnosis().fix());
  }

  /** Returns what the proxy's report says is wrong with the binding, or null if nothing is. */
  static @Nullable FailedStep of(BindingHealth binding) {
    if (binding.isAsConfigured()) {
      return null;
    }
    Check check = binding.exists() ? Check.FETCHER : Check.BINDING;
    return new FailedStep(check, "the proxy says: " + binding.diagnosis(), binding.fix());
  }

  /** The same for a request to the proxy itself: what would be the target's fault is its own. */
  FailedStep ofProxy() {
    return check.compareTo(Check.ANSWERS) >= 0 ? new FailedStep(Check.PROXY, seen, fix) : this;
  }

  private static Check check(Failure failure, ConnectionLog log) {
    return switch (failure.kind()) {
      case WORKER_CONNECTION ->
          switch (failure.connectionPhase()) {
            case DNS -> Check.RESOLVES;
            case CONNECT -> Check.CONNECTS;
            case TLS -> Check.TLS;
            case EXCHANGE -> Check.ANSWERS;
          };
      case WORKER_TIMEOUT ->
          failure.proxyCode().isEmpty() && failure.delivery() == Delivery.NOT_DELIVERED
              ? stuck(log)
              : Check.ANSWERS;
      case ACCESS_DENIED -> denied(failure);
      case BINDING_NOT_FOUND -> Check.BINDING;
      case BINDING_NOT_CALLABLE -> Check.FETCHER;
      case BINDING_PROXY ->
          failure.delivery() == Delivery.NOT_DELIVERED ? Check.PROXY : Check.ANSWERS;
      case RATE_LIMITED -> failure.cloudflareCode() == 0 ? Check.ANSWERS : Check.ACCESS;
      case ERROR_1042 -> Check.NOT_1042;
      case DISPATCH_MISMATCH -> Check.RESPONSE;
      case WORKER_THREW ->
          failure.proxyCode().equals("TARGET_HUNG") ? Check.ANSWERS : Check.RESPONSE;
      case UNPROVEN_RESPONSE -> Check.STAMP;
      default -> Check.ANSWERS;
    };
  }

  private static Check stuck(ConnectionLog log) {
    if (log.isStuckResolving()) {
      return Check.RESOLVES;
    }
    return log.isStuckSecuring() ? Check.TLS : Check.CONNECTS;
  }

  private static Check denied(Failure failure) {
    return switch (failure.proxyCode()) {
      case "" -> failure.status() == 0 ? Check.CONFIGURED : Check.ACCESS;
      case "BINDING_NOT_ALLOWED" -> Check.BINDING;
      default -> Check.PROXY;
    };
  }
}
