package dev.workerclient.spring.boot;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints what is wrong with a property, and what to write, in place of a stack trace. */
final class InvalidWorkerPropertyFailureAnalyzer
    extends AbstractFailureAnalyzer<InvalidWorkerPropertyException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, InvalidWorkerPropertyException cause) {
    return new FailureAnalysis(
        "The WorkerClient could not be configured:\n\n    Property: "
            + cause.property()
            + "\n    Reason: "
            + cause.reason(),
        "Correct "
            + cause.property()
            + " in the application's configuration, for the profiles that are active; or set"
            + " worker-client.enabled=false if the application needs no WorkerClient.",
        cause);
  }
}
