package dev.workerclient.internal.http;

/** A request's tag: it may only be sent to an address of this machine. */
public enum LoopbackOnly {
  /** The tag. */
  TAG
}
