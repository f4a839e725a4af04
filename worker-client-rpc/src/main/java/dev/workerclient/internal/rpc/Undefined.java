package dev.workerclient.internal.rpc;

/** JavaScript's {@code undefined}, for trees that are written. */
public enum Undefined {
  /** The one value. */
  UNDEFINED
}
