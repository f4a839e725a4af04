package dev.workerclient.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** Names and key values of the observation of an attempt. */
public interface WorkerAttemptObservationConvention
    extends ObservationConvention<WorkerAttemptContext> {
  @Override
  default boolean supportsContext(Observation.Context context) {
    return context instanceof WorkerAttemptContext;
  }
}
