package dev.workerclient.health;

/** What a diagnosis asks of a route, in this order; each only makes sense after those before it. */
public enum Check {
  /** Is the route configured, and can its credentials be read? */
  CONFIGURED,
  /** Does the host's name resolve? */
  RESOLVES,
  /** Does a connection come about? */
  CONNECTS,
  /** Does the TLS handshake succeed? */
  TLS,
  /** Do Cloudflare Access and the firewall let the request through? */
  ACCESS,
  /** Is it the binding proxy that answers, and does it take our token? */
  PROXY,
  /** Does the proxy have the binding? */
  BINDING,
  /** Is the binding one that takes requests, with a target that has a fetch handler? */
  FETCHER,
  /** Does something answer in time? */
  ANSWERS,
  /** Is it a Worker that answers, and not error 1042 in its place? */
  NOT_1042,
  /** Did the target's handler return a Response? */
  RESPONSE,
  /** Does the answer carry the mark that was promised? */
  STAMP,
  /** Is the answer of the health path 2xx? */
  HEALTHY
}
