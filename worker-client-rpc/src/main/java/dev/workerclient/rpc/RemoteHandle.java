package dev.workerclient.rpc;

import java.io.OutputStream;

/** An object, a function or a WritableStream in a value that arrived. Used by one thread. */
final class RemoteHandle {
  private final SessionCaller caller;
  private final Import at;
  private final boolean writable;
  private boolean taken;

  /**
   * Makes it.
   *
   * @param writable whether it is a WritableStream
   */
  RemoteHandle(SessionCaller caller, Import at, boolean writable) {
    this.caller = caller;
    this.at = at;
    this.writable = writable;
  }

  boolean isWritable() {
    return writable;
  }

  /** Returns it as a stream to write, which is to be closed. */
  OutputStream asOutput() {
    taken = true;
    return new RemoteOutputStream(caller, at);
  }

  /** Returns it as that interface, which is to be closed if it can be. */
  Object as(InterfaceModel model) {
    taken = true;
    RpcNode node = RpcNode.imported(model.type().getSimpleName(), at);
    SessionCaller.releaseAfter(node, at, model);
    return Stub.of(caller, node, model);
  }

  /** Releases it if nothing of the application's stands for it. */
  void releaseUnlessTaken() {
    if (!taken) {
      boolean unused = at.release();
    }
  }

  @Override
  public String toString() {
    return writable ? "a WritableStream of the Worker" : "a function or an object of the Worker";
  }
}
