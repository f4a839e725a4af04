package dev.workerclient.internal.classify.table;

/** Whether another route to the same service may do better at once. */
public enum OtherRoute {
  HELPS,
  FAILS_TOO
}
