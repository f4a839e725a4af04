package dev.workerclient.internal.classify;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerTimeoutException;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.classify.table.FailureKind.Coded;
import dev.workerclient.internal.classify.table.FailureKind.Detail;
import dev.workerclient.internal.classify.table.FailureKind.Disconnected;
import dev.workerclient.internal.classify.table.FailureKind.ProxyCode;
import dev.workerclient.internal.classify.table.FailureKind.Refused;
import dev.workerclient.internal.classify.table.FailureKind.TimedOut;
import dev.workerclient.internal.classify.table.KnownError;
import dev.workerclient.internal.classify.table.KnownError.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt's failure as data, before it is known whether the call ends with it: an attempt that
 * another route makes good costs no exception. Immutable.
 *
 * @param kind which exception it becomes
 * @param summary what happened, in one line
 * @param remedy what it means and what helps
 * @param delivery whether the target ran
 * @param deliveryReason what the delivery is known from
 * @param freshConnectionHelps whether the same route may do better at once, on another connection
 * @param remote what the response tells
 * @param detail what only this kind of failure tells
 * @param exception the exception it was read from, or null
 */
public record Failure(
    FailureKind kind,
    String summary,
    Remedy remedy,
    Delivery delivery,
    String deliveryReason,
    boolean freshConnectionHelps,
    Remote remote,
    Detail detail,
    @Nullable Throwable exception) {

  /**
   * What a failure means and what helps; as a rule, a row of the table.
   *
   * @param cause what it means
   * @param fix what to do
   * @param sameRouteHelps whether the same route may do better a little later
   * @param otherRouteHelps whether another route may do better at once
   * @param concernsRoute whether it speaks of the whole route rather than of one request or path
   * @param misconfigured whether every call on the route fails so until somebody corrects its
   *     configuration
   * @param statusToHandOn the HTTP status to hand to one's own caller
   */
  public record Remedy(
      String cause,
      String fix,
      boolean sameRouteHelps,
      boolean otherRouteHelps,
      boolean concernsRoute,
      boolean misconfigured,
      int statusToHandOn) {

    static Remedy of(KnownError known) {
      return new Remedy(
          known.meaning(),
          known.fix(),
          known.sameRouteHelps(),
          known.otherRouteHelps(),
          known.scope() == Scope.ROUTE || known.scope() == Scope.ACCOUNT,
          known.misconfigured(),
          known.statusToHandOn());
    }

    Remedy saying(String what, String todo) {
      return new Remedy(
          what,
          todo,
          sameRouteHelps,
          otherRouteHelps,
          concernsRoute,
          misconfigured,
          statusToHandOn);
    }
  }

  /**
   * What a response tells, whoever sent it.
   *
   * @param status its HTTP status, or 0 if no response came
   * @param rayId its {@code cf-ray}, or null
   * @param retryAfter how long to wait, or null
   */
  public record Remote(int status, @Nullable String rayId, @Nullable Duration retryAfter) {
    static final Remote NONE = new Remote(0, null, null);
  }

  /** Starts a failure that the table does not list. */
  public static Builder builder(FailureKind kind, String summary) {
    return new Builder(
        kind, summary, new Remedy("", "", false, false, true, false, kind.statusToHandOn()));
  }

  /** Starts a failure with what the table says of it. */
  public static Builder builder(KnownError known, String summary) {
    return new Builder(known.kind(), summary, Remedy.of(known));
  }

  /** Makes the typed exception that carries {@code error}. */
  public WorkerException toException(ServiceError error) {
    return kind.exception(error, detail, exception);
  }

  /** The same failure, but not proved to have left the target untouched. */
  public Failure withoutProof() {
    return delivery == Delivery.NOT_DELIVERED
        ? toBuilder()
            .delivery(
                Delivery.UNKNOWN,
                "the target may have run: an interceptor repeated the request within the attempt")
            .build()
        : this;
  }

  /** The same failure with another remedy. */
  public Failure advising(String fix) {
    return explainedBy(remedy.cause, fix);
  }

  /** The same failure with another cause and remedy. */
  public Failure explainedBy(String cause, String fix) {
    return toBuilder().diagnosis(cause, fix).build();
  }

  /** The same failure with another summary. */
  public Failure summarized(String what) {
    Builder copy = toBuilder();
    copy.summary = what;
    return copy.build();
  }

  /** The same failure without the secrets that a remote put into its texts. */
  public Failure hiding(Secrets secrets) {
    List<String> values = secrets.values();
    if (values.isEmpty()) {
      return this;
    }
    Builder hidden = toBuilder();
    hidden.summary = Secrets.hide(values, summary);
    hidden.response(remote.status, Secrets.hideIn(values, remote.rayId), remote.retryAfter);
    if (detail instanceof Coded coded) {
      hidden.detail(
          new Coded(
              coded.code(),
              Secrets.hideIn(values, coded.name()),
              Secrets.hideIn(values, coded.category())));
    } else if (detail instanceof ProxyCode proxy) {
      hidden.proxyCode(Secrets.hide(values, proxy.code()));
    }
    return hidden.build();
  }

  private Builder toBuilder() {
    Builder copy = new Builder(kind, summary, remedy);
    copy.delivery = delivery;
    copy.deliveryReason = deliveryReason;
    copy.freshConnectionHelps = freshConnectionHelps;
    copy.remote = remote;
    copy.detail = detail;
    copy.exception = exception;
    return copy;
  }

  public String cause() {
    return remedy.cause;
  }

  public String fix() {
    return remedy.fix;
  }

  public boolean sameRouteHelps() {
    return remedy.sameRouteHelps;
  }

  public boolean otherRouteHelps() {
    return remedy.otherRouteHelps;
  }

  public boolean concernsRoute() {
    return remedy.concernsRoute;
  }

  public boolean misconfigured() {
    return remedy.misconfigured;
  }

  public int statusToHandOn() {
    return remedy.statusToHandOn;
  }

  public int status() {
    return remote.status;
  }

  public @Nullable String rayId() {
    return remote.rayId;
  }

  public @Nullable Duration retryAfter() {
    return remote.retryAfter;
  }

  /** The Cloudflare code, or 0. */
  public int cloudflareCode() {
    return detail instanceof Coded coded ? coded.code() : 0;
  }

  /** The binding proxy's code; empty if the binding proxy did not report the failure. */
  public String proxyCode() {
    return detail instanceof ProxyCode proxy ? proxy.code() : "";
  }

  /** Whether it is the call's own time that was up, and not the attempt's. */
  public boolean isOfCallsTime() {
    return detail instanceof TimedOut timedOut
        && timedOut.phase() == WorkerTimeoutException.Phase.CALL;
  }

  /** Whether it is the attempt's time that was up; the binding proxy waits as long as that. */
  public boolean isOfAttemptsTime() {
    return detail instanceof ProxyCode
        || (detail instanceof TimedOut timedOut
            && timedOut.phase() == WorkerTimeoutException.Phase.ATTEMPT);
  }

  /** How far the connection of a {@link FailureKind#WORKER_CONNECTION} came. */
  public WorkerConnectionException.Phase connectionPhase() {
    return ((Disconnected) detail).phase();
  }

  /** Builds a {@link Failure} that says more than a row of the table, or other than it. */
  public static final class Builder {
    private final FailureKind kind;
    private String summary;
    private Remedy remedy;
    private Delivery delivery = Delivery.UNKNOWN;
    private String deliveryReason = "the target may have run";
    private boolean freshConnectionHelps;
    private Remote remote = Remote.NONE;
    private Detail detail = Detail.NONE;
    private @Nullable Throwable exception;

    private Builder(FailureKind kind, String summary, Remedy remedy) {
      this.kind = kind;
      this.summary = summary;
      this.remedy = remedy;
    }

    public Builder diagnosis(String cause, String fix) {
      this.remedy = remedy.saying(cause, fix);
      return this;
    }

    public Builder delivery(Delivery value, String reason) {
      this.delivery = value;
      this.deliveryReason = reason;
      return this;
    }

    public Builder helps(boolean sameRoute, boolean otherRoute) {
      return remedy(sameRoute, otherRoute, remedy.concernsRoute);
    }

    /** Says whether it speaks of the whole route; it does unless the table says otherwise. */
    public Builder concernsRoute(boolean whole) {
      return remedy(remedy.sameRouteHelps, remedy.otherRouteHelps, whole);
    }

    private Builder remedy(boolean sameRoute, boolean otherRoute, boolean whole) {
      this.remedy =
          new Remedy(
              remedy.cause,
              remedy.fix,
              sameRoute,
              otherRoute,
              whole,
              remedy.misconfigured,
              remedy.statusToHandOn);
      return this;
    }

    public Builder freshConnectionHelps() {
      this.freshConnectionHelps = true;
      return this;
    }

    public Builder response(int status, @Nullable String rayId, @Nullable Duration wait) {
      this.remote = new Remote(status, rayId, wait);
      return this;
    }

    public Builder detail(Detail what) {
      this.detail = what;
      return this;
    }

    public Builder proxyCode(String code) {
      this.detail = new ProxyCode(code);
      return this;
    }

    public Builder phase(WorkerTimeoutException.Phase phase) {
      this.detail = new TimedOut(phase);
      return this;
    }

    public Builder phase(WorkerConnectionException.Phase phase) {
      this.detail = new Disconnected(phase);
      return this;
    }

    public Builder lastFailures(Map<String, String> byRoute) {
      this.detail = new Refused(byRoute);
      return this;
    }

    public Builder exception(Throwable source) {
      this.exception = source;
      return this;
    }

    public Failure build() {
      return new Failure(
          kind,
          summary,
          remedy,
          delivery,
          deliveryReason,
          freshConnectionHelps,
          remote,
          detail,
          exception);
    }
  }
}
