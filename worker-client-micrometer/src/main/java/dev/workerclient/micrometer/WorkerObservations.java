package dev.workerclient.micrometer;

import dev.workerclient.AttemptInfo;
import dev.workerclient.CallInfo;
import dev.workerclient.CallListener;
import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Creates observations for calls and attempts, from which the registry's handlers make timers and
 * spans, and send trace headers with each attempt. {@link WorkerObservationDocumentation} lists
 * their names and keys. Thread-safe.
 *
 * <p>The parent of a call's observation is the current observation of the thread that makes the
 * call, also if the call is async and queued. While a call or attempt runs, its observation is
 * current on the thread that runs it.
 *
 * <p>Add only one to a client; further ones do nothing.
 */
public final class WorkerObservations implements CallListener {
  private static final DefaultWorkerCallObservationConvention CALL =
      new DefaultWorkerCallObservationConvention();
  private static final DefaultWorkerAttemptObservationConvention ATTEMPT =
      new DefaultWorkerAttemptObservationConvention();

  private final ObservationRegistry registry;
  private final @Nullable WorkerCallObservationConvention callConvention;
  private final @Nullable WorkerAttemptObservationConvention attemptConvention;
  private final Operations operations;

  private WorkerObservations(Builder builder) {
    this.registry = builder.registry;
    this.callConvention = builder.callConvention;
    this.attemptConvention = builder.attemptConvention;
    this.operations = new Operations(builder.maxOperations);
  }

  /** Returns a listener for that registry. */
  public static WorkerObservations of(ObservationRegistry registry) {
    return builder(registry).build();
  }

  /** Returns a builder of a listener for that registry. */
  public static Builder builder(ObservationRegistry registry) {
    return new Builder(Objects.requireNonNull(registry, "registry"));
  }

  @Override
  public void callCreated(CallInfo call) {
    if (registry.isNoop() || call.attached(ObservedCall.class) != null) {
      return;
    }
    WorkerCallContext context = new WorkerCallContext(call, operations.tag(call));
    Observation observation =
        Observation.createNotStarted(callConvention, CALL, () -> context, registry);
    Observation caller = registry.getCurrentObservation();
    call.attach(ObservedCall.class, new ObservedCall(this, context, observation, caller));
    observation.start();
  }

  @Override
  public void callStarted(CallInfo call) {
    ObservedCall observed = observed(call);
    if (observed != null) {
      observed.started();
    }
  }

  @Override
  public void attemptStarted(CallInfo call, AttemptInfo attempt) {
    ObservedCall observed = observed(call);
    if (observed != null) {
      WorkerAttemptContext context =
          new WorkerAttemptContext(call, observed.context.operation(), attempt);
      Observation observation =
          Observation.createNotStarted(attemptConvention, ATTEMPT, () -> context, registry);
      observed.attemptStarted(context, observation);
    }
  }

  @Override
  public void attemptEnded(CallInfo call, Attempt attempt) {
    ObservedCall observed = observed(call);
    if (observed != null) {
      observed.attemptEnded(attempt);
    }
  }

  @Override
  public void callEnded(
      CallInfo call, Duration elapsed, List<Attempt> attempts, @Nullable WorkerException failure) {
    ObservedCall observed = observed(call);
    if (observed != null) {
      observed.ended(attempts, failure);
    }
  }

  private @Nullable ObservedCall observed(CallInfo call) {
    ObservedCall observed = call.attached(ObservedCall.class);
    return observed == null || observed.owner != this ? null : observed;
  }

  /** Builds {@link WorkerObservations}. Not thread-safe. */
  public static final class Builder {
    private final ObservationRegistry registry;
    private @Nullable WorkerCallObservationConvention callConvention;
    private @Nullable WorkerAttemptObservationConvention attemptConvention;
    private int maxOperations = Operations.MOST;

    private Builder(ObservationRegistry registry) {
      this.registry = registry;
    }

    /**
     * Sets the names and key values of calls. Default: the registry's own for {@link
     * WorkerCallContext}, if it has any, else {@link DefaultWorkerCallObservationConvention}.
     */
    public Builder callConvention(WorkerCallObservationConvention convention) {
      this.callConvention = Objects.requireNonNull(convention, "convention");
      return this;
    }

    /**
     * Sets the names and key values of attempts. Default: the registry's own for {@link
     * WorkerAttemptContext}, if it has any, else {@link DefaultWorkerAttemptObservationConvention}.
     */
    public Builder attemptConvention(WorkerAttemptObservationConvention convention) {
      this.attemptConvention = Objects.requireNonNull(convention, "convention");
      return this;
    }

    /**
     * Sets how many operations of a service get their own key value; further ones are {@code
     * OTHER}, with a warning. Default: 100.
     *
     * @throws IllegalArgumentException if it is less than 1; thrown by {@link #build}
     */
    public Builder maxOperations(int operations) {
      this.maxOperations = operations;
      return this;
    }

    /** Returns the listener. */
    public WorkerObservations build() {
      return new WorkerObservations(this);
    }
  }
}
