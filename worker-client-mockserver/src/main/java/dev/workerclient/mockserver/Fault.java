package dev.workerclient.mockserver;

/**
 * A way for a call to go wrong, as it looks on the wire. Immutable.
 *
 * <p>Some are answers of the binding proxy, and can be scripted on {@link MockService#binding}
 * only. The others work on both routes. Each says whether the target ran; where it did, {@link
 * MockRoute#executions} counts it.
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

  private static Fault ofProxy(String name, Script script) {
    return new Fault(name, script, true);
  }

  private static Fault ofAnyRoute(String name, Script script) {
    return new Fault(name, script, false);
  }

  /** The proxy was deployed without the binding. Binding only; the target does not run. */
  public static Fault bindingMissing() {
    return ofProxy("bindingMissing", ProxyProblem.BINDING_MISSING);
  }

  /** The binding is no service, but a text. Binding only; the target does not run. */
  public static Fault bindingWrongKind() {
    return ofProxy("bindingWrongKind", ProxyProblem.BINDING_WRONG_KIND);
  }

  /** The proxy does not list the binding. Binding only; the target does not run. */
  public static Fault bindingNotAllowed() {
    return ofProxy("bindingNotAllowed", ProxyProblem.BINDING_NOT_ALLOWED);
  }

  /** The proxy does not know the caller's token. Binding only; the target does not run. */
  public static Fault unauthorized() {
    return ofProxy("unauthorized", ProxyProblem.UNAUTHORIZED);
  }

  /**
   * The target's {@code fetch} ran and returned no Response: "Callback returned incorrect type;
   * expected 'Promise'". Binding only; counts as an execution.
   */
  public static Fault dispatchMismatch() {
    return ofProxy("dispatchMismatch", ProxyProblem.RETURNED_NO_RESPONSE);
  }

  /**
   * The target's async {@code fetch} ran and resolved to no Response. Binding only; counts as an
   * execution.
   */
  public static Fault dispatchMismatchAsync() {
    return ofProxy("dispatchMismatchAsync", ProxyProblem.RESOLVED_TO_NO_RESPONSE);
  }

  /** The target threw. Binding only; counts as an execution. */
  public static Fault targetThrew() {
    return ofProxy("targetThrew", ProxyProblem.TARGET_THREW);
  }

  /**
   * The runtime canceled the target, which would never have answered. Binding only; counts as an
   * execution.
   */
  public static Fault targetHung() {
    return ofProxy("targetHung", ProxyProblem.TARGET_HUNG);
  }

  /** No Worker serves this workers.dev host: 404, as text. The target does not run. */
  public static Fault error1042() {
    return ofAnyRoute("error1042", CloudflareError.WORKERS_DEV_NOT_FOUND);
  }

  /**
   * The Worker at this address threw: 500, as structured JSON. Counts as an execution; on the
   * binding's route, where the Worker at the address is the proxy, too, since it may have called
   * the target before.
   */
  public static Fault error1101() {
    return ofAnyRoute("error1101", CloudflareError.WORKER_THREW);
  }

  /**
   * A rate limit of the zone: 429, as text, with {@code Retry-After: 30}. The target doesn't run.
   */
  public static Fault error1015() {
    return ofAnyRoute("error1015", CloudflareError.RATE_LIMITED);
  }

  /** Cloudflare Access sends the caller to its login page: 302. The target does not run. */
  public static Fault accessRedirect() {
    return ofAnyRoute("accessRedirect", CloudflareError.ACCESS_LOGIN);
  }

  /**
   * The request is read, and nothing ever comes back; the connection ends when the mock is reset or
   * closed. Counts as an execution.
   */
  public static Fault hang() {
    return ofAnyRoute("hang", Silence.HELD);
  }

  /**
   * The request is read, then the connection is closed without a byte of an answer. Counts as an
   * execution.
   */
  public static Fault resetBeforeAnswer() {
    return ofAnyRoute("resetBeforeAnswer", Silence.DROPPED);
  }

  /** The target's own 503 with {@code Retry-After: 0}: an answer. Counts as an execution. */
  public static Fault unavailableRetryAfterZero() {
    return ofAnyRoute(
        "unavailableRetryAfterZero",
        MockAnswer.text("try again").withStatus(503).withHeader("Retry-After", "0").script());
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
    return "Fault." + name + "()";
  }
}
