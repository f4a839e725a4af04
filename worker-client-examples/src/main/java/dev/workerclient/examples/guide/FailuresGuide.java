package dev.workerclient.examples.guide;

import dev.workerclient.WorkerResponse;
import dev.workerclient.WorkerService;
import dev.workerclient.error.Attempt;
import dev.workerclient.error.DispatchMismatchException;
import dev.workerclient.error.Error1042Exception;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerException;
import dev.workerclient.jackson.ProblemJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The code of docs/failures.md and docs/delivery.md. */
final class FailuresGuide {
  private static final Logger log = LoggerFactory.getLogger(FailuresGuide.class);

  private FailuresGuide() {}

  static String health(WorkerService orders) {
    try {
      return orders.get("/v1/health").fetch(String.class);
    } catch (Error1042Exception e) {
      log.warn("ORDERS is not reachable: {}", e.diagnosis().fix());
      throw e;
    } catch (DispatchMismatchException e) {
      throw new IllegalStateException("ORDERS is broken: " + e.diagnosis().cause(), e);
    } catch (WorkerException e) {
      ServiceError error = e.serviceError();
      return "failed with " + error.code() + ", answer our caller with HTTP " + error.status();
    }
  }

  static void attempts(WorkerResponse response) {
    for (Attempt attempt : response.attempts()) {
      log.info("{} {} {}", attempt.route(), attempt.delivery(), attempt.failure());
    }
  }

  static byte[] problem(WorkerException failure) {
    byte[] problem = ProblemJson.write(failure.serviceError());
    return problem;
  }
}
