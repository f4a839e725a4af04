package dev.workerclient.micrometer;

import dev.workerclient.micrometer.WorkerObservationDocumentation.HighCardinalityKeyNames;
import dev.workerclient.micrometer.WorkerObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/** The names and key values of {@link WorkerObservationDocumentation#CALL}. */
public class DefaultWorkerCallObservationConvention implements WorkerCallObservationConvention {
  /** Makes it. */
  public DefaultWorkerCallObservationConvention() {}

  @Override
  public String getName() {
    return "worker.client.call";
  }

  @Override
  public String getContextualName(WorkerCallContext context) {
    return context.call().service() + " " + context.operation();
  }

  /** Asked at start and end; what was given at start stays. */
  @Override
  public KeyValues getLowCardinalityKeyValues(WorkerCallContext context) {
    KeyValue route = LowCardinalityKeyNames.ROUTE.withValue(context.route());
    KeyValue outcome = LowCardinalityKeyNames.OUTCOME.withValue(context.outcome());
    if (context.hasEnded()) {
      return KeyValues.of(outcome, route);
    }
    return KeyValues.of(
        LowCardinalityKeyNames.OPERATION.withValue(context.operation()),
        outcome,
        route,
        LowCardinalityKeyNames.SERVICE.withValue(context.call().service()));
  }

  @Override
  public KeyValues getHighCardinalityKeyValues(WorkerCallContext context) {
    return context.hasEnded()
        ? KeyValues.of(
            HighCardinalityKeyNames.ATTEMPTS.withValue(String.valueOf(context.attempts().size())))
        : KeyValues.empty();
  }
}
