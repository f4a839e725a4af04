package dev.workerclient.rpc;

/** An object or a function in a value that arrived. Used by one thread. */
final class RemoteHandle {
  private final SessionCaller caller;
  private final Import at;
  private boolean taken;

  RemoteHandle(SessionCaller caller, Import at) {
    this.caller = caller;
    this.at = at;
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
    return "a function or an object of the Worker";
  }
}
