package dev.workerclient.micrometer;

import dev.workerclient.AttemptInfo;
import dev.workerclient.error.Attempt;
import dev.workerclient.micrometer.WorkerObservationDocumentation.HighCardinalityKeyNames;
import dev.workerclient.micrometer.WorkerObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import java.util.ArrayList;
import java.util.List;

/** The names and key values of {@link WorkerObservationDocumentation#ATTEMPT}. */
public class DefaultWorkerAttemptObservationConvention
    implements WorkerAttemptObservationConvention {
  /** Makes it. */
  public DefaultWorkerAttemptObservationConvention() {}

  @Override
  public String getName() {
    return "worker.client.attempt";
  }

  @Override
  public String getContextualName(WorkerAttemptContext context) {
    return context.operation();
  }

  /** Asked at start and end; what was given at start stays. */
  @Override
  public KeyValues getLowCardinalityKeyValues(WorkerAttemptContext context) {
    KeyValue outcome = LowCardinalityKeyNames.OUTCOME.withValue(context.outcome());
    if (context.attempt() != null) {
      return KeyValues.of(outcome);
    }
    return KeyValues.of(
        LowCardinalityKeyNames.OPERATION.withValue(context.operation()),
        outcome,
        LowCardinalityKeyNames.ROUTE.withValue(context.info().route()),
        LowCardinalityKeyNames.SERVICE.withValue(context.call().service()));
  }

  @Override
  public KeyValues getHighCardinalityKeyValues(WorkerAttemptContext context) {
    Attempt attempt = context.attempt();
    return attempt == null ? asBegun(context) : asEnded(attempt);
  }

  private static KeyValues asBegun(WorkerAttemptContext context) {
    AttemptInfo info = context.info();
    KeyValues values =
        KeyValues.of(
            HighCardinalityKeyNames.METHOD.withValue(context.call().method()),
            HighCardinalityKeyNames.SERVER_ADDRESS.withValue(info.host()),
            HighCardinalityKeyNames.SERVER_PORT.withValue(String.valueOf(info.port())),
            HighCardinalityKeyNames.URL.withValue(info.redactedUrl()));
    if (info.number() == 1) {
      return values;
    }
    String before = String.valueOf(info.number() - 1);
    return values.and(HighCardinalityKeyNames.RESEND_COUNT.withValue(before));
  }

  private static KeyValues asEnded(Attempt attempt) {
    List<KeyValue> values = new ArrayList<>(3); // In order, which saves sorting them.
    String ray = attempt.rayId();
    if (ray != null) {
      values.add(HighCardinalityKeyNames.RAY.withValue(ray));
    }
    if (attempt.status().isPresent()) {
      String status = String.valueOf(attempt.status().getAsInt());
      values.add(HighCardinalityKeyNames.STATUS_CODE.withValue(status));
    }
    values.add(HighCardinalityKeyNames.DELIVERY.withValue(attempt.delivery().name()));
    return KeyValues.of(values);
  }
}
