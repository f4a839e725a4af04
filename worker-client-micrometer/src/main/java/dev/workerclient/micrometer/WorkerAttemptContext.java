package dev.workerclient.micrometer;

import dev.workerclient.AttemptInfo;
import dev.workerclient.CallInfo;
import dev.workerclient.error.Attempt;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * The context of an attempt's observation. Tracing adds its headers to the attempt, the carrier.
 * Used by one thread at a time.
 */
public final class WorkerAttemptContext extends SenderContext<AttemptInfo> {
  private final KeptKeyValues low = new KeptKeyValues();
  private final KeptKeyValues high = new KeptKeyValues();
  private final CallInfo call;
  private final String operation;
  private final AttemptInfo info;
  private @Nullable Attempt attempt;

  WorkerAttemptContext(CallInfo call, String operation, AttemptInfo info) {
    super(WorkerAttemptContext::setHeader, Kind.CLIENT);
    this.call = call;
    this.operation = operation;
    this.info = info;
    setCarrier(info);
    setRemoteServiceName(call.service());
  }

  private static void setHeader(@Nullable AttemptInfo carrier, String name, String value) {
    if (carrier != null) {
      carrier.tryHeader(name, value);
    }
  }

  /** Returns the call that the attempt belongs to. */
  public CallInfo call() {
    return call;
  }

  /** Returns the operation as a tag: one of a limited number of values, or {@code OTHER}. */
  public String operation() {
    return operation;
  }

  /** Returns the attempt as it began. */
  public AttemptInfo info() {
    return info;
  }

  /** Returns the attempt as it ended, or null until then. */
  public @Nullable Attempt attempt() {
    return attempt;
  }

  /**
   * Returns how the attempt ended: {@code SUCCESS}, {@code REDIRECTION}, {@code CLIENT_ERROR} or
   * {@code SERVER_ERROR} by the status of the answer, or the code of the failure; until then {@code
   * UNKNOWN}.
   */
  public String outcome() {
    return attempt == null ? Outcomes.UNKNOWN : Outcomes.of(attempt);
  }

  void ended(Attempt made) {
    attempt = made;
  }

  @Override
  public Observation.Context addLowCardinalityKeyValue(KeyValue keyValue) {
    low.add(KeyValues.of(keyValue));
    return this;
  }

  @Override
  public Observation.Context addLowCardinalityKeyValues(KeyValues keyValues) {
    low.add(keyValues);
    return this;
  }

  @Override
  public Observation.Context removeLowCardinalityKeyValue(String key) {
    low.remove(key);
    return this;
  }

  @Override
  public KeyValues getLowCardinalityKeyValues() {
    return low.all();
  }

  @Override
  public @Nullable KeyValue getLowCardinalityKeyValue(String key) {
    return low.get(key);
  }

  @Override
  public Observation.Context addHighCardinalityKeyValue(KeyValue keyValue) {
    high.add(KeyValues.of(keyValue));
    return this;
  }

  @Override
  public Observation.Context addHighCardinalityKeyValues(KeyValues keyValues) {
    high.add(keyValues);
    return this;
  }

  @Override
  public Observation.Context removeHighCardinalityKeyValue(String key) {
    high.remove(key);
    return this;
  }

  @Override
  public KeyValues getHighCardinalityKeyValues() {
    return high.all();
  }

  @Override
  public @Nullable KeyValue getHighCardinalityKeyValue(String key) {
    return high.get(key);
  }
}
