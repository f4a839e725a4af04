package dev.workerclient.examples.guide;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.error.BindingNotFoundException;
import dev.workerclient.error.CircuitOpenException;
import dev.workerclient.error.Error1042Exception;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerResponseException;
import dev.workerclient.error.WorkerTimeoutException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Confirms orders. A Spring controller or JAX-RS resource sends the {@link Reply}. */
final class OrderConfirmations {
  private static final Logger log = LoggerFactory.getLogger(OrderConfirmations.class);
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(5);

  record Confirmation(String number) {}

  /** The response to our own caller. Retry-After is in seconds; 0 means that it is not sent. */
  record Reply(int status, String message, long retryAfter) {
    Reply(int status, String message) {
      this(status, message, 0);
    }
  }

  private final WorkerService orders;

  OrderConfirmations(WorkerClient client) {
    this.orders = client.service("ORDERS");
  }

  Reply confirm(String id) {
    try {
      Confirmation confirmation =
          orders.post("/v1/orders/{id}/confirmation", id).fetch(Confirmation.class);
      return new Reply(200, "Confirmed: " + confirmation.number());
    } catch (WorkerResponseException e) {
      // The Worker ran and responded with a status other than 2xx.
      if (e.status() == 404) {
        return new Reply(404, "There is no order " + id + ".");
      }
      log.warn("ORDERS responded with HTTP {}, ray {}", e.status(), e.serviceError().rayId());
      return failed(e);
    } catch (Error1042Exception | BindingNotFoundException e) {
      // A configuration error, which a retry does not repair: alert whoever deploys the Workers.
      log.error("{}, fix: {}", e.serviceError().message(), e.diagnosis().fix());
      return failed(e);
    } catch (CircuitOpenException e) {
      // Nothing was sent. The client logged a warning when the breaker opened: no need for another.
      log.debug("ORDERS was not called, last failures: {}", e.lastFailures());
      return failed(e);
    } catch (WorkerTimeoutException e) {
      log.warn("{} timeout, delivery {}, attempts {}", e.phase(), e.delivery(), e.attempts());
      return failed(e);
    } catch (WorkerException e) {
      log.warn("ORDERS failed", e);
      return failed(e);
    }
  }

  private static Reply failed(WorkerException e) {
    ServiceError error = e.serviceError();
    if (!error.safeToResend()) {
      return new Reply(error.status(), "Check whether the order was confirmed.");
    }
    if (!error.retryable()) {
      return new Reply(error.status(), "The order can't be confirmed.");
    }
    Duration wait = error.retryAfter() == null ? DEFAULT_WAIT : error.retryAfter();
    return new Reply(error.status(), "Try again later.", wait.plusMillis(999).toSeconds());
  }
}
