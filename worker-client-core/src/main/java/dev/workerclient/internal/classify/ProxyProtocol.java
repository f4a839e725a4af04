package dev.workerclient.internal.classify;

/**
 * The names that the client and the binding proxy have agreed on. The mock server and the proxy
 * each spell them for themselves, so that a name that is wrong here fails their tests.
 */
public final class ProxyProtocol {
  /** Request header: the proxy's own token, as a bearer token. */
  public static final String AUTHORIZATION = "Binding-Proxy-Authorization";

  /** Request header: the binding. */
  public static final String TARGET = "Binding-Proxy-Target";

  /** Request header: the operation; fetch without it. */
  public static final String OPERATION = "Binding-Proxy-Op";

  /** Request header: the Durable Object, in one of the three forms below. */
  public static final String OBJECT = "Binding-Proxy-Object";

  /** Request header: the time that the target has, in milliseconds. */
  public static final String TIMEOUT = "Binding-Proxy-Timeout-Ms";

  /** Behind the time: it ends with the answer's headers. */
  public static final String UNTIL_HEADERS = ";headers";

  /** The operation that serves a Cap'n Web batch. */
  public static final String RPC = "rpc";

  /** The operation that reports on all bindings, for which the proxy asks their health paths. */
  public static final String DIAGNOSE = "diagnose";

  /** The same of one binding, without a request to its target. */
  public static final String DIAGNOSE_BINDING = "diagnose;bindings";

  /** A Durable Object that each request makes anew. */
  public static final String UNIQUE_OBJECT = "unique";

  /** Before a Durable Object's name, percent-encoded. */
  public static final String OBJECT_NAME = "name:";

  /** Before a Durable Object's id, 64 hexadecimal digits. */
  public static final String OBJECT_ID = "id:";

  /** Response header: who answered, and whether the target was reached. */
  public static final String OUTCOME = "Binding-Proxy-Outcome";

  /** Response header: the proxy's code of a failure. */
  public static final String ERROR = "Binding-Proxy-Error";

  /** Response header: the version of this protocol. */
  public static final String VERSION = "Binding-Proxy-Version";

  /** The outcome of a target's own answer. */
  public static final String TARGET_ANSWERED = "target-answered";

  /** The outcome of the proxy's own report. */
  public static final String PROXY_ANSWERED = "proxy-answered";

  static final String NOT_DISPATCHED = "not-dispatched";
  static final String DISPATCH_THREW = "dispatch-threw";

  private ProxyProtocol() {}
}
