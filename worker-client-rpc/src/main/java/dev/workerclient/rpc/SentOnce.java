package dev.workerclient.rpc;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The calls of a batch that is being sent: no other batch can send them any more. */
final class SentOnce {
  private final List<RpcNode> claimed;

  private SentOnce(List<RpcNode> claimed) {
    this.claimed = claimed;
  }

  /**
   * Claims all of the calls, or none.
   *
   * @throws IllegalStateException if one of them was sent
   */
  static SentOnce claim(List<RpcNode> calls) {
    for (int i = 0; i < calls.size(); i++) {
      if (!calls.get(i).claim()) {
        calls.subList(0, i).forEach(RpcNode::release);
        throw calls.get(i).sentAlready();
      }
    }
    return new SentOnce(calls);
  }

  /** Lets them be sent again if nothing of this batch ran. */
  void failed(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof WorkerException e && e.delivery() == Delivery.NOT_DELIVERED) {
      claimed.forEach(RpcNode::release);
    }
  }
}
