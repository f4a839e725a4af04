package dev.workerclient.health;

/** The steps of a diagnosis, in this order; each assumes that those before it passed. */
public enum Check {
  /** Is the route configured, and can its credentials be read? */
  CONFIGURED,
  /** Does the host's name resolve? */
  RESOLVES,
  /** Can a connection be made? */
  CONNECTS,
  /** Does the TLS handshake succeed? */
  TLS,
  /** Do Cloudflare Access and the firewall let the request through? */
  ACCESS,
  /** Does the binding proxy answer, and does it accept the client's token? */
  PROXY,
  /** Does the proxy have the binding? */
  BINDING,
  /** Does the binding take requests, and does its target have a fetch handler? */
  FETCHER,
  /** Is there a response in time? */
  ANSWERS,
  /** Does a Worker answer, rather than Cloudflare with error 1042? */
  NOT_1042,
  /** Did the target's handler return a Response? */
  RESPONSE,
  /** Does the response have the header that {@code stampedBy} declares? */
  STAMP,
  /** Does the health path answer 2xx? */
  HEALTHY
}
