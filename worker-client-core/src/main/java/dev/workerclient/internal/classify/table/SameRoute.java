package dev.workerclient.internal.classify.table;

/** Whether the route that failed may do better when it is asked again. */
public enum SameRoute {
  /** Not before somebody changes something. */
  NO,
  /** Within a call: it is transient. */
  SOON,
  /** After minutes, so not within a call. */
  LATER
}
