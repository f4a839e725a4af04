package dev.workerclient.micrometer;

import dev.workerclient.CallInfo;
import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the observation of a call knows. Used by one thread at a time. */
public final class WorkerCallContext extends Observation.Context {
  private final KeptKeyValues low = new KeptKeyValues();
  private final KeptKeyValues high = new KeptKeyValues();
  private final CallInfo call;
  private final String operation;
  private List<Attempt> attempts = List.of();
  private @Nullable WorkerException failure;
  private boolean ended;

  WorkerCallContext(CallInfo call, String operation) {
    this.call = call;
    this.operation = operation;
  }

  /** Returns the call. */
  public CallInfo call() {
    return call;
  }

  /** Returns the operation as a tag: one of a bounded number, or {@code OTHER}. */
  public String operation() {
    return operation;
  }

  /** Returns the attempts in order; empty until the call has ended. */
  public List<Attempt> attempts() {
    return attempts;
  }

  /** Returns what the caller gets thrown, or null for an answer or before the call has ended. */
  public @Nullable WorkerException failure() {
    return failure;
  }

  /** Returns whether the call has ended. */
  public boolean hasEnded() {
    return ended;
  }

  /**
   * Returns how the call ended: {@code SUCCESS}, {@code REDIRECTION}, {@code CLIENT_ERROR} or
   * {@code SERVER_ERROR} by the status of the answer, or the code of the failure; until then {@code
   * UNKNOWN}.
   */
  public String outcome() {
    return Outcomes.of(attempts, failure);
  }

  /** Returns the route of the last attempt, or {@code none}. */
  public String route() {
    return Outcomes.route(attempts);
  }

  void ended(List<Attempt> made, @Nullable WorkerException thrown) {
    attempts = made;
    failure = thrown;
    ended = true;
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
