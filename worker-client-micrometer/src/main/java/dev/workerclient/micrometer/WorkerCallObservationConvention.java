package dev.workerclient.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** Names and key values of the observation of a call. */
public interface WorkerCallObservationConvention extends ObservationConvention<WorkerCallContext> {
  @Override
  default boolean supportsContext(Observation.Context context) {
    return context instanceof WorkerCallContext;
  }
}
