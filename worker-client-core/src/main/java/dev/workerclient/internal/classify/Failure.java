package dev.workerclient.internal.classify;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerTimeoutException;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.classify.table.KnownError;
import dev.workerclient.internal.classify.table.KnownError.Scope;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One attempt's failure as data, before it is known whether the call ends with it: an attempt that
 * another route makes good costs no exception. Immutable.
 */
public final class Failure {
  private final FailureKind kind;
  private final String summary;
  private final String cause;
  private final String fix;
  private final Delivery delivery;
  private final String deliveryReason;
  private final boolean sameRouteHelps;
  private final boolean otherRouteHelps;
  private final boolean freshConnectionHelps;
  private final int status;
  private final int cloudflareCode;
  private final @Nullable String proxyCode;
  private final @Nullable String name;
  private final @Nullable String category;
  private final @Nullable Duration retryAfter;
  private final @Nullable String rayId;
  private final WorkerTimeoutException.@Nullable Phase timeoutPhase;
  private final WorkerConnectionException.@Nullable Phase connectionPhase;
  private final @Nullable Throwable exception;
  private final int statusToHandOn;
  private final boolean concernsRoute;
  private final boolean misconfigured;
  private final Map<String, String> lastFailures;

  private Failure(Builder builder) {
    this.kind = builder.kind;
    this.summary = builder.summary;
    this.cause = builder.cause;
    this.fix = builder.fix;
    this.delivery = builder.delivery;
    this.deliveryReason = builder.deliveryReason;
    this.sameRouteHelps = builder.sameRouteHelps;
    this.otherRouteHelps = builder.otherRouteHelps;
    this.freshConnectionHelps = builder.freshConnectionHelps;
    this.status = builder.status;
    this.cloudflareCode = builder.cloudflareCode;
    this.proxyCode = builder.proxyCode;
    this.name = builder.name;
    this.category = builder.category;
    this.retryAfter = builder.retryAfter;
    this.rayId = builder.rayId;
    this.timeoutPhase = builder.timeoutPhase;
    this.connectionPhase = builder.connectionPhase;
    this.exception = builder.exception;
    this.statusToHandOn = builder.statusToHandOn;
    this.concernsRoute = builder.concernsRoute;
    this.misconfigured = builder.misconfigured;
    this.lastFailures = builder.lastFailures;
  }

  public static Builder builder(FailureKind kind, String summary) {
    return new Builder(kind, summary);
  }

  /** Starts a failure with what the table says of it. */
  public static Builder builder(KnownError known, String summary) {
    Builder builder = new Builder(known.kind(), summary);
    builder.statusToHandOn = known.statusToHandOn();
    builder.concernsRoute = known.scope() == Scope.ROUTE || known.scope() == Scope.ACCOUNT;
    builder.misconfigured = known.misconfigured();
    return builder
        .diagnosis(known.meaning(), known.fix())
        .helps(known.sameRouteHelps(), known.otherRouteHelps());
  }

  /** Makes the typed exception that carries {@code error}. */
  public WorkerException toException(ServiceError error) {
    return kind.exception(error, detail(), exception);
  }

  private FailureKind.Detail detail() {
    if (proxyCode != null) {
      return new FailureKind.ProxyCode(proxyCode);
    }
    if (cloudflareCode != 0) {
      return new FailureKind.Coded(cloudflareCode, name, category);
    }
    if (kind != FailureKind.CIRCUIT_OPEN && timeoutPhase == null && connectionPhase == null) {
      return FailureKind.Detail.NONE;
    }
    if (timeoutPhase != null) {
      return new FailureKind.TimedOut(timeoutPhase);
    }
    return connectionPhase == null
        ? new FailureKind.Refused(lastFailures)
        : new FailureKind.Disconnected(connectionPhase);
  }

  /** The same failure, but not proved to have left the target untouched. */
  public Failure withoutProof() {
    return delivery == Delivery.NOT_DELIVERED
        ? new Builder(this)
            .delivery(Delivery.UNKNOWN, "an interceptor repeated the request within the attempt")
            .build()
        : this;
  }

  /** The same failure with another remedy. */
  public Failure advising(String remedy) {
    return explainedBy(cause, remedy);
  }

  /** The same failure with another cause and remedy. */
  public Failure explainedBy(String what, String remedy) {
    return new Builder(this).diagnosis(what, remedy).build();
  }

  /** The same failure without the secrets that a remote put into its texts. */
  public Failure hiding(Secrets secrets) {
    if (secrets.isEmpty()) {
      return this;
    }
    Builder hidden = new Builder(this, secrets.hide(summary));
    hidden.proxyCode = secrets.hideIn(proxyCode);
    hidden.name = secrets.hideIn(name);
    hidden.category = secrets.hideIn(category);
    hidden.rayId = secrets.hideIn(rayId);
    return hidden.build();
  }

  public FailureKind kind() {
    return kind;
  }

  public String summary() {
    return summary;
  }

  public String cause() {
    return cause;
  }

  public String fix() {
    return fix;
  }

  public Delivery delivery() {
    return delivery;
  }

  /** What the delivery is known from. */
  public String deliveryReason() {
    return deliveryReason;
  }

  /** Whether the same route may do better a little later. */
  public boolean sameRouteHelps() {
    return sameRouteHelps;
  }

  /** Whether another route may do better at once. */
  public boolean otherRouteHelps() {
    return otherRouteHelps;
  }

  /** Whether the same route may do better at once, on another connection. */
  public boolean freshConnectionHelps() {
    return freshConnectionHelps;
  }

  /** The HTTP status, or 0 where no response came. */
  public int status() {
    return status;
  }

  /** The HTTP status to hand to one's own caller. */
  public int statusToHandOn() {
    return statusToHandOn;
  }

  /** Whether it speaks of the whole route rather than of one request or path. */
  public boolean concernsRoute() {
    return concernsRoute;
  }

  /** Whether every call on the route fails so until somebody corrects its configuration. */
  public boolean misconfigured() {
    return misconfigured;
  }

  /** The Cloudflare code, or 0. */
  public int cloudflareCode() {
    return cloudflareCode;
  }

  /** The binding proxy's code; empty where the failure is not the proxy's. */
  public String proxyCode() {
    return proxyCode == null ? "" : proxyCode;
  }

  public @Nullable String name() {
    return name;
  }

  public @Nullable String category() {
    return category;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  public @Nullable String rayId() {
    return rayId;
  }

  /** Whether it is the call's own time that was up, and not the attempt's. */
  public boolean isOfCallsTime() {
    return timeoutPhase == WorkerTimeoutException.Phase.CALL;
  }

  /** Whether it is the attempt's time that was up. */
  public boolean isOfAttemptsTime() {
    return timeoutPhase == WorkerTimeoutException.Phase.ATTEMPT;
  }

  public WorkerTimeoutException.Phase timeoutPhase() {
    return Objects.requireNonNull(timeoutPhase, "timeoutPhase");
  }

  public WorkerConnectionException.Phase connectionPhase() {
    return Objects.requireNonNull(connectionPhase, "connectionPhase");
  }

  /** For a refused call: what each route failed with last. */
  public Map<String, String> lastFailures() {
    return lastFailures;
  }

  /** The exception it was read from, or null. */
  public @Nullable Throwable exception() {
    return exception;
  }

  /** Builds a {@link Failure}. */
  public static final class Builder {
    private final FailureKind kind;
    private final String summary;
    private String cause = "";
    private String fix = "";
    private Delivery delivery = Delivery.UNKNOWN;
    private String deliveryReason = "nothing proves whether the target ran";
    private boolean sameRouteHelps;
    private boolean otherRouteHelps;
    private boolean freshConnectionHelps;
    private int status;
    private int cloudflareCode;
    private @Nullable String proxyCode;
    private @Nullable String name;
    private @Nullable String category;
    private @Nullable Duration retryAfter;
    private @Nullable String rayId;
    private WorkerTimeoutException.@Nullable Phase timeoutPhase;
    private WorkerConnectionException.@Nullable Phase connectionPhase;
    private @Nullable Throwable exception;
    private int statusToHandOn;
    private boolean concernsRoute = true;
    private boolean misconfigured;
    private Map<String, String> lastFailures = Map.of();

    private Builder(FailureKind kind, String summary) {
      this.kind = kind;
      this.statusToHandOn = kind.statusToHandOn();
      this.summary = summary;
    }

    private Builder(Failure other) {
      this(other, other.summary);
    }

    private Builder(Failure other, String summary) {
      this(other.kind, summary);
      this.cause = other.cause;
      this.fix = other.fix;
      this.delivery = other.delivery;
      this.deliveryReason = other.deliveryReason;
      this.sameRouteHelps = other.sameRouteHelps;
      this.otherRouteHelps = other.otherRouteHelps;
      this.freshConnectionHelps = other.freshConnectionHelps;
      this.status = other.status;
      this.cloudflareCode = other.cloudflareCode;
      this.proxyCode = other.proxyCode;
      this.name = other.name;
      this.category = other.category;
      this.retryAfter = other.retryAfter;
      this.rayId = other.rayId;
      this.timeoutPhase = other.timeoutPhase;
      this.connectionPhase = other.connectionPhase;
      this.exception = other.exception;
      this.statusToHandOn = other.statusToHandOn;
      this.concernsRoute = other.concernsRoute;
      this.misconfigured = other.misconfigured;
      this.lastFailures = other.lastFailures;
    }

    public Builder diagnosis(String what, String remedy) {
      this.cause = what;
      this.fix = remedy;
      return this;
    }

    public Builder delivery(Delivery value, String reason) {
      this.delivery = value;
      this.deliveryReason = reason;
      return this;
    }

    public Builder helps(boolean sameRoute, boolean otherRoute) {
      this.sameRouteHelps = sameRoute;
      this.otherRouteHelps = otherRoute;
      return this;
    }

    /** Says whether it speaks of the whole route; it does unless the table says otherwise. */
    public Builder concernsRoute(boolean whole) {
      this.concernsRoute = whole;
      return this;
    }

    public Builder freshConnectionHelps() {
      this.freshConnectionHelps = true;
      return this;
    }

    public Builder response(int httpStatus, @Nullable String ray, @Nullable Duration wait) {
      this.status = httpStatus;
      this.rayId = ray;
      this.retryAfter = wait;
      return this;
    }

    public Builder cloudflare(
        int code, @Nullable String errorName, @Nullable String errorCategory) {
      this.cloudflareCode = code;
      this.name = errorName;
      this.category = errorCategory;
      return this;
    }

    public Builder proxyCode(String code) {
      this.proxyCode = code;
      return this;
    }

    public Builder phase(WorkerTimeoutException.Phase phase) {
      this.timeoutPhase = phase;
      return this;
    }

    public Builder phase(WorkerConnectionException.Phase phase) {
      this.connectionPhase = phase;
      return this;
    }

    public Builder lastFailures(Map<String, String> byRoute) {
      this.lastFailures = byRoute;
      return this;
    }

    public Builder exception(Throwable source) {
      this.exception = source;
      return this;
    }

    public Failure build() {
      return new Failure(this);
    }
  }
}
