package dev.workerclient.mockserver;

import dev.workerclient.RouteKind;
import java.time.Duration;
import java.util.Objects;

/**
 * A failure of a call as it looks on the wire. Immutable.
 *
 * <p>Some faults are responses of the binding proxy, and can be scripted on {@link
 * MockService#binding} and Durable Objects only. The others work on both routes. Each fault says
 * whether the target runs, which {@link MockRoute#executions} counts.
 *
 * <p>The proxy's responses are those of the real proxy (a test compares them byte for byte), and
 * Cloudflare's responses are those that the client's classifier is tested with.
 */
public final class Fault {
  private final String name;
  private final Script script;
  private final boolean proxyOnly;

  private Fault(String name, Script script, boolean proxyOnly) {
    this.name = name;
    this.script = script;
    this.proxyOnly = proxyOnly;
  }

  private static Fault ofProxy(String name, ProxyProblem problem) {
    return new Fault(name + "()", problem, true);
  }

  private static Fault ofAnyRoute(String name, Script script) {
    return new Fault(name + "()", script, false);
  }

  private static Fault ofTarget(String name, MockAnswer answer) {
    return ofAnyRoute(name, new TargetAnswers(request -> answer));
  }

  /** The proxy was deployed without the binding. Binding only; the target does not run. */
  public static Fault bindingMissing() {
    return ofProxy("bindingMissing", ProxyProblem.BINDING_MISSING);
  }

  /** The binding is a string, not a service. Binding only; the target does not run. */
  public static Fault bindingWrongKind() {
    return ofProxy("bindingWrongKind", ProxyProblem.BINDING_WRONG_KIND);
  }

  /** The proxy does not list the binding. Binding only; the target does not run. */
  public static Fault bindingNotAllowed() {
    return ofProxy("bindingNotAllowed", ProxyProblem.BINDING_NOT_ALLOWED);
  }

  /** The target exports no {@code fetch}. Binding only; the target does not run. */
  public static Fault noFetchHandler() {
    return ofProxy("noFetchHandler", ProxyProblem.NO_FETCH_HANDLER);
  }

  /**
   * The target does not export the class that the binding names, as the proxy learns from wrangler
   * dev. Binding only; the target does not run.
   */
  public static Fault entrypointMissing() {
    return ofProxy("entrypointMissing", ProxyProblem.ENTRYPOINT_MISSING);
  }

  /** The target is not running in wrangler dev. Binding only; the target does not run. */
  public static Fault targetNotRunning() {
    return ofProxy("targetNotRunning", ProxyProblem.TARGET_NOT_RUNNING);
  }

  /** The proxy does not know the caller's token. Binding only; the target does not run. */
  public static Fault unauthorized() {
    return ofProxy("unauthorized", ProxyProblem.UNAUTHORIZED);
  }

  /** The caller's token is not for this binding. Binding only; the target does not run. */
  public static Fault forbidden() {
    return ofProxy("forbidden", ProxyProblem.FORBIDDEN);
  }

  /** The proxy does not forward this method. Binding only; the target does not run. */
  public static Fault methodNotAllowed() {
    return ofProxy("methodNotAllowed", ProxyProblem.METHOD_NOT_ALLOWED);
  }

  /** The proxy can't read the request. Binding only; the target does not run. */
  public static Fault badRequest() {
    return ofProxy("badRequest", ProxyProblem.BAD_REQUEST);
  }

  /** The proxy's own configuration is wrong. Binding only; the target does not run. */
  public static Fault proxyMisconfigured() {
    return ofProxy("proxyMisconfigured", ProxyProblem.PROXY_MISCONFIGURED);
  }

  /** The proxy serves no RPC. Binding only; the target does not run. */
  public static Fault rpcNotAvailable() {
    return ofProxy("rpcNotAvailable", ProxyProblem.RPC_NOT_AVAILABLE);
  }

  /** The body is over the proxy's limit. Binding only; the target does not run. */
  public static Fault bodyTooLarge() {
    return ofProxy("bodyTooLarge", ProxyProblem.BODY_TOO_LARGE);
  }

  /** The id is of no Durable Object there. Binding only; the target does not run. */
  public static Fault objectIdInvalid() {
    return ofProxy("objectIdInvalid", ProxyProblem.OBJECT_ID_INVALID);
  }

  /**
   * The target's {@code fetch} ran and returned no Response: "Callback returned incorrect type;
   * expected 'Promise'". Binding only; counts as an execution.
   */
  public static Fault dispatchMismatch() {
    return ofProxy("dispatchMismatch", ProxyProblem.TARGET_RETURNED_NO_RESPONSE);
  }

  /**
   * The target's async {@code fetch} ran and resolved to no Response. Binding only; counts as an
   * execution.
   */
  public static Fault dispatchMismatchAsync() {
    return ofProxy("dispatchMismatchAsync", ProxyProblem.TARGET_RESOLVED_TO_NO_RESPONSE);
  }

  /** The target threw. Binding only; counts as an execution. */
  public static Fault targetThrew() {
    return ofProxy("targetThrew", ProxyProblem.TARGET_THREW);
  }

  /** The runtime cancelled the target because it hung. Binding only; counts as an execution. */
  public static Fault targetHung() {
    return ofProxy("targetHung", ProxyProblem.TARGET_HUNG);
  }

  /**
   * The proxy's timeout ended the call; here it does so immediately. Binding only; counts as an
   * execution.
   */
  public static Fault timedOut() {
    return ofProxy("timedOut", ProxyProblem.TIMED_OUT);
  }

  /** An RPC method returned a value that is not data. Binding only; counts as an execution. */
  public static Fault resultNotData() {
    return ofProxy("resultNotData", ProxyProblem.RESULT_NOT_DATA);
  }

  /** The Durable Object was reset. Binding only; counts as an execution. */
  public static Fault objectReset() {
    return ofProxy("objectReset", ProxyProblem.OBJECT_RESET);
  }

  /** The Durable Object is overloaded. Binding only; counts as an execution. */
  public static Fault objectOverloaded() {
    return ofProxy("objectOverloaded", ProxyProblem.OBJECT_OVERLOADED);
  }

  /** The proxy lost its connection to the target. Binding only; counts as an execution. */
  public static Fault networkLost() {
    return ofProxy("networkLost", ProxyProblem.NETWORK_LOST);
  }

  /**
   * A 404 without the header that every response of the proxy has: something else serves its
   * address. Binding only; the target does not run.
   */
  public static Fault unmarkedAnswer() {
    return new Fault(
        "unmarkedAnswer()",
        EdgeAnswer.of(MockAnswer.text("not found").withStatus(404).reply()),
        true);
  }

  /** No Worker serves this workers.dev host: 404 in plain text. The target does not run. */
  public static Fault error1042() {
    return cloudflare(1042, ErrorFormat.TEXT, "error1042()");
  }

  /**
   * No Worker serves this workers.dev host: the page "There is nothing here yet". The target does
   * not run.
   */
  public static Fault nothingHereYet() {
    return ofAnyRoute("nothingHereYet", EdgePage.NOTHING_HERE_YET.answer());
  }

  /**
   * The Worker at this address threw: 500, as structured JSON. Counts as an execution, also on the
   * binding's route: there the Worker is the proxy, which may have called the target before it
   * threw.
   */
  public static Fault error1101() {
    return cloudflare(1101, ErrorFormat.JSON, "error1101()");
  }

  /**
   * A rate limit of the zone: 429, as text, with {@code Retry-After: 30}. The target doesn't run.
   */
  public static Fault error1015() {
    return ofAnyRoute(
        "error1015", EdgeAnswer.code(1015, ErrorFormat.TEXT).with("Retry-After", "30"));
  }

  /**
   * Any Cloudflare error: one of the 1xxx codes, or a status that the edge sends itself, 500 or 520
   * to 526. Counts as an execution if the code says that the Worker ran, as 1101 does. Each format
   * comes with Cloudflare's diagnostic headers: {@code cf-error-type}, which has the code, and
   * {@code cf-error-origin}.
   *
   * @throws IllegalArgumentException unless it is 400 to 99999
   */
  public static Fault cloudflare(int code, ErrorFormat format) {
    Objects.requireNonNull(format, "format");
    return cloudflare(code, format, "cloudflare(" + code + ", " + format + ")");
  }

  private static Fault cloudflare(int code, ErrorFormat format, String name) {
    return new Fault(name, EdgeAnswer.code(code, format), false);
  }

  /**
   * A status from 520 to 527, or 530, with an empty body, as the edge sends it if the Worker's
   * origin is in trouble. The target does not run.
   *
   * @throws IllegalArgumentException if it is any other
   */
  public static Fault bareStatus(int status) {
    return new Fault("bareStatus(" + status + ")", EdgePage.bare(status), false);
  }

  /** Cloudflare Access sends the caller to its login page: 302. The target does not run. */
  public static Fault accessRedirect() {
    return ofAnyRoute("accessRedirect", EdgePage.ACCESS_REDIRECT.answer());
  }

  /** Cloudflare Access asks a machine to log in: 401. The target does not run. */
  public static Fault accessLogin() {
    return ofAnyRoute("accessLogin", EdgePage.ACCESS_LOGIN.answer());
  }

  /** Cloudflare Access refuses the service token: 403. The target does not run. */
  public static Fault accessDenied() {
    return ofAnyRoute("accessDenied", EdgePage.ACCESS_DENIED.answer());
  }

  /** A challenge that only a browser can pass: 403. The target does not run. */
  public static Fault challenge() {
    return ofAnyRoute("challenge", EdgePage.CHALLENGE.answer());
  }

  /**
   * The user's gateway passes on the runtime message of {@link #dispatchMismatch}: 500. Counts as
   * an execution.
   */
  public static Fault gatewayPassesOnDispatchMismatch() {
    return ofTarget(
        "gatewayPassesOnDispatchMismatch",
        MockAnswer.text("TypeError: Callback returned incorrect type; expected 'Promise'")
            .withStatus(500));
  }

  /**
   * The request is read and never answered; the connection ends when the mock is reset or closed.
   * Counts as an execution.
   */
  public static Fault hang() {
    return ofAnyRoute("hang", Silence.HELD);
  }

  /**
   * The connection is reset after the request's headers, before its body is read. The target does
   * not run, but the client can't know that; the request is recorded without its body.
   */
  public static Fault resetBeforeRead() {
    return ofAnyRoute("resetBeforeRead", Silence.UNREAD);
  }

  /**
   * The request is read, then the connection is closed without a response. Counts as an execution.
   */
  public static Fault resetBeforeAnswer() {
    return ofAnyRoute("resetBeforeAnswer", Silence.DROPPED);
  }

  /**
   * The response body is truncated; for a body of your own, use {@link MockAnswer#brokenOffAfter}.
   * Counts as an execution.
   */
  public static Fault truncatedBody() {
    return ofTarget("truncatedBody", TargetTroubles.HALF.brokenOffAfter(TargetTroubles.MIDDLE));
  }

  /**
   * The response body stalls; for a body of your own, use {@link MockAnswer#stalledAfter}. Counts
   * as an execution.
   */
  public static Fault stalledBody() {
    return ofTarget("stalledBody", TargetTroubles.HALF.stalledAfter(TargetTroubles.MIDDLE));
  }

  /** A 200 of 64 KiB that decompress to 64 MiB. Counts as an execution. */
  public static Fault gzipBomb() {
    return ofTarget("gzipBomb", GzipBomb.ANSWER);
  }

  /** A 200 with an HTML page instead of JSON. Counts as an execution. */
  public static Fault wrongContentType() {
    return ofTarget("wrongContentType", MockAnswer.html("<!DOCTYPE html><title>Welcome</title>"));
  }

  /** The target's own 503 with {@code Retry-After: 0}. Counts as an execution. */
  public static Fault unavailableRetryAfterZero() {
    return ofTarget(
        "unavailableRetryAfterZero",
        MockAnswer.text("try again").withStatus(503).withHeader("Retry-After", "0"));
  }

  /**
   * Returns this fault with an additional delay; it does not change {@link #hang} and {@link
   * #resetBeforeRead}.
   *
   * @throws IllegalArgumentException if the time is negative
   */
  public Fault withDelay(Duration time) {
    Objects.requireNonNull(time, "time");
    MockAnswer.requireTime("withDelay", time);
    return script.leavesRequestUnread()
        ? this
        : new Fault(name + ".withDelay(" + time + ")", new Script.Delayed(script, time), proxyOnly);
  }

  Script scriptFor(RouteKind route) {
    if (proxyOnly && route != RouteKind.BINDING_PROXY) {
      throw new IllegalArgumentException(
          this + " is an answer of the binding proxy; script it on binding()");
    }
    return script;
  }

  @Override
  public String toString() {
    return "Fault." + name;
  }
}
