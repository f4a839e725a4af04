package dev.workerclient.spring.boot;

import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.json.PublicProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * Handles each {@link WorkerException} that no controller and no other advice handles: responds
 * with the status of its {@link ServiceError}, {@code Retry-After}, and a problem detail without
 * service, route, cause and fix. Logs the exception's message at WARN and its stack trace at DEBUG.
 *
 * <p>It has the lowest precedence: the application's {@code @ExceptionHandler} replaces it.
 */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public final class WorkerExceptionHandler {
  private static final Logger LOGGER = LoggerFactory.getLogger(WorkerExceptionHandler.class);

  WorkerExceptionHandler() {}

  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(WorkerException failure) {
    ServiceError error = failure.serviceError();
    LOGGER.warn("answered with status {}: {}", error.status(), failure.getMessage());
    LOGGER.debug("its stack trace", failure);
    ProblemDetail problem = ProblemDetail.forStatus(error.status());
    HttpHeaders headers = new HttpHeaders();
    PublicProblem.of(error)
        .forEach(
            (member, value) -> {
              switch (member) {
                case "type", "status" -> {} // about:blank, and the status.
                case "title" -> problem.setTitle(value.toString());
                case "detail" -> problem.setDetail(value.toString());
                default -> problem.setProperty(member, value);
              }
              if (member.equals("retryAfter")) {
                headers.set(HttpHeaders.RETRY_AFTER, value.toString());
              }
            });
    return new ResponseEntity<>(problem, headers, error.status());
  }
}
