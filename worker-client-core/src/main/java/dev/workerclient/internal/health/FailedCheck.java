package dev.workerclient.internal.health;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.ServiceError;
import dev.workerclient.health.BindingHealth;
import dev.workerclient.health.Check;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.ConnectionLog;
import dev.workerclient.internal.http.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The check of a diagnosis that failed.
 *
 * @param at the check that failed
 * @param seen what was seen
 * @param fix what to do
 */
record FailedCheck(Check at, String seen, String fix) {

  /** The check that the failure belongs to. */
  static FailedCheck of(Outcome.Failed failed, ConnectionLog log) {
    Failure failure = failed.failure();
    Check at = neverBegun(failure, log) ? Check.CONFIGURED : check(failure, log);
    return new FailedCheck(at, failure.summary() + ": " + failure.cause(), failure.fix());
  }

  /** A credential, an interceptor or an interrupt ended it before a connection was begun. */
  private static boolean neverBegun(Failure failure, ConnectionLog log) {
    return failure.delivery() == Delivery.NOT_DELIVERED && failure.status() == 0 && !log.hasBegun();
  }

  static FailedCheck of(Check at, ServiceError error) {
    return new FailedCheck(
        at, error.message() + ": " + error.diagnosis().cause(), error.diagnosis().fix());
  }

  /** The check that the proxy's report says the binding fails; null if there is none. */
  static @Nullable FailedCheck of(BindingHealth binding) {
    if (binding.isAsConfigured()) {
      return null;
    }
    Check at = binding.exists() ? Check.FETCHER : Check.BINDING;
    return new FailedCheck(at, "the proxy says: " + binding.diagnosis(), binding.fix());
  }

  /** The same failure of a request to the proxy itself: what would be the target's is its own. */
  FailedCheck ofProxy() {
    return at.compareTo(Check.ANSWERS) >= 0 ? new FailedCheck(Check.PROXY, seen, fix) : this;
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
              ? reached(log)
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

  private static Check reached(ConnectionLog log) {
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
