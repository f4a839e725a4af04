package dev.workerclient.internal.route;

import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.Provenance;
import dev.workerclient.internal.http.CallSpec;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** One way to reach one service. Immutable and thread-safe. */
public sealed interface Route permits BindingProxyRoute, CustomDomainRoute, ProxyReportRoute {
  /** {@code binding-proxy} or {@code custom-domain}. */
  String name();

  /** Which mark its answers carry. */
  Provenance provenance();

  /** Whether a Cap'n Web batch can be sent by it. */
  boolean servesRpc();

  /** Whether it leads to a workers.dev host. */
  boolean isWorkersDev();

  /** Where it leads and which credentials it sends, for a person: no value of theirs. */
  String description();

  /** Whether code of the application supplies its credential, for each attempt on its thread. */
  boolean readsCredential();

  /** Whether a refused credential may be another one when it is read again. */
  default boolean canRefreshCredential() {
    return readsCredential();
  }

  /** Returns the failure with a better diagnosis, if this route's settings explain it. */
  default Failure explain(Failure failure) {
    return failure;
  }

  /** The URL of each attempt of that call. */
  HttpUrl url(CallSpec spec);

  /**
   * Starts the request of one attempt; credentials are read here.
   *
   * @param url as {@link #url} gave it for that call
   * @param nanos the attempt's limit
   * @throws CredentialException if a credential can't be had or is not fit for a header
   */
  Request.Builder request(CallSpec spec, HttpUrl url, long nanos) throws CredentialException;
}
