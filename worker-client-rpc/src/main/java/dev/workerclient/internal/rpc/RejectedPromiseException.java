package dev.workerclient.internal.rpc;

/** A promise inside a value was rejected, so that the value can't be had. */
public final class RejectedPromiseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient RemoteError error;

  /** Makes it of what it was rejected with. */
  public RejectedPromiseException(RemoteError error) {
    super(null, null, false, false);
    this.error = error;
  }

  /** What it was rejected with. */
  public RemoteError error() {
    return error;
  }
}
