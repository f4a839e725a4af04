package dev.workerclient.internal.classify.table;

/** Who can mend it. */
public enum Actor {
  CALLER,
  ZONE_OWNER,
  WORKER_OWNER,
  ORIGIN_OWNER,
  ACCOUNT_OWNER,
  PROXY_OWNER,
  CLOUDFLARE
}
