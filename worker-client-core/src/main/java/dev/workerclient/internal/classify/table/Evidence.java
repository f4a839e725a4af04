package dev.workerclient.internal.classify.table;

/** What a row is known from. Delivery and resending are always inferred from the meaning. */
public enum Evidence {
  /** A page of Cloudflare's, an RFC, or the binding proxy's own protocol says so. */
  DOCUMENTED,
  /** Captured from Cloudflare, or measured on workerd. */
  OBSERVED,
  /** Derived from a list that gives no more than a category, or from neighbouring codes. */
  INFERRED
}
