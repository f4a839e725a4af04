package dev.workerclient.micrometer;

import dev.workerclient.micrometer.WorkerObservationDocumentation.HighCardinalityKeyNames;
import dev.workerclient.micrometer.WorkerObservationDocumentation.LowCardinalityKeyNames;
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

  @Override
  public KeyValues getLowCardinalityKeyValues(WorkerCallContext context) {
    return KeyValues.of(
        LowCardinalityKeyNames.SERVICE.withValue(context.call().service()),
        LowCardinalityKeyNames.OPERATION.withValue(context.operation()),
        LowCardinalityKeyNames.ROUTE.withValue(context.route()),
        LowCardinalityKeyNames.OUTCOME.withValue(context.outcome()));
  }

  @Override
  public KeyValues getHighCardinalityKeyValues(WorkerCallContext context) {
    return KeyValues.of(
        HighCardinalityKeyNames.ATTEMPTS.withValue(String.valueOf(context.attempts().size())));
  }
}
