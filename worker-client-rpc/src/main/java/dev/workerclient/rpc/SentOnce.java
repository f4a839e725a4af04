package dev.workerclient.rpc;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The calls of a batch that is being sent: no other batch can send them any more. */
final class SentOnce {
  private final List<RpcNode> claimed = new ArrayList<>();

  private SentOnce() {}

  /**
   * Claims all of the calls, or none.
   *
   * @throws IllegalStateException if one of them was sent
   */
  static SentOnce claim(List<RpcNode> calls) {
    SentOnce sending = new SentOnce();
    for (RpcNode call : calls) {
      if (!call.claim()) {
        sending.claimed.forEach(RpcNode::release);
        throw call.sentAlready();
      }
      sending.claimed.add(call);
    }
    return sending;
  }

  /** Lets them be sent again if nothing of this batch ran. */
  void failed(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof WorkerException e && e.delivery() == Delivery.NOT_DELIVERED) {
      claimed.forEach(RpcNode::release);
    }
  }
}
