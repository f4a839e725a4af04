package dev.workerclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerCallException;
import dev.workerclient.error.WorkerCancelledException;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Existing code under guard runs once and fails in the library's form. */
class GuardTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();

  private WorkerException failureOf(Callable<String> code) {
    WorkerException failure =
        catchThrowableOfType(
            WorkerException.class, () -> fleet.service().guard("getCapability", code));
    assertThat(failure).isNotNull();
    assertThat(failure.serviceError().operation()).isEqualTo("getCapability");
    assertThat(failure.serviceError().service()).isEqualTo("APIMOM");
    assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
    return failure;
  }

  private static Callable<String> throwing(Exception exception) {
    return () -> {
      throw exception;
    };
  }

  @Test
  void theValueIsHandedOver() {
    String value = fleet.service().guard("getCapability", () -> "tts");

    assertThat(value).isEqualTo("tts");
  }

  @Test
  void theCodeRunsOnceThoughTwoRoutesAreThere() {
    AtomicInteger runs = new AtomicInteger();

    failureOf(
        () -> {
          runs.incrementAndGet();
          throw new IOException("broken pipe");
        });

    assertThat(runs).hasValue(1);
  }

  @Test
  void anIoExceptionIsAConnectionFailureOfItsPhase() {
    assertThat(failureOf(throwing(new UnknownHostException("x"))))
        .isInstanceOfSatisfying(
            WorkerConnectionException.class,
            e -> assertThat(e.phase()).isEqualTo(WorkerConnectionException.Phase.DNS));
    assertThat(failureOf(throwing(new ConnectException("x"))))
        .isInstanceOfSatisfying(
            WorkerConnectionException.class,
            e -> assertThat(e.phase()).isEqualTo(WorkerConnectionException.Phase.CONNECT));
    IOException reset = new IOException("reset");
    assertThat(failureOf(throwing(reset)))
        .isInstanceOf(WorkerConnectionException.class)
        .hasCause(reset);
  }

  @Test
  void aTimeoutIsATimeout() {
    WorkerException failure = failureOf(throwing(new SocketTimeoutException("read")));

    assertThat(failureOf(throwing(new java.net.http.HttpTimeoutException("request"))))
        .isInstanceOf(WorkerTimeoutException.class);
    assertThat(failure).isInstanceOf(WorkerTimeoutException.class);
    assertThat(failure.serviceError().status()).isEqualTo(504);
  }

  @Test
  void anythingElseIsACallFailureWithItsCause() {
    IllegalStateException cause = new IllegalStateException("no such thing");

    assertThat(failureOf(throwing(cause))).isInstanceOf(WorkerCallException.class).hasCause(cause);
  }

  @Test
  void anInterruptKeepsItsFlag() {
    assertThat(failureOf(throwing(new InterruptedException())))
        .isInstanceOf(WorkerCallException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aWorkerExceptionPassesThroughAsItIs() {
    WorkerCancelledException own =
        new WorkerCancelledException(ServiceError.builder("B", "GET /", "X").build(), null);

    assertThatThrownBy(() -> fleet.service().guard("op", throwing(own))).isSameAs(own);
  }
}
