package dev.workerclient.mockserver;

import dev.workerclient.internal.rpc.ProtocolException;

/**
 * The methods of a Java object answer Cap'n Web batches, as capnweb at the Worker does. Loads only
 * if {@code worker-client-rpc} is there.
 */
final class RpcScript {
  private RpcScript() {}

  static Script of(Object target) {
    return new TargetAnswers(request -> answer(request, target));
  }

  private static MockAnswer answer(RecordedRequest request, Object target) {
    try {
      return MockAnswer.text(RpcBatchAnswer.of(request.string(), target));
    } catch (ProtocolException e) {
      return MockAnswer.text("Internal Server Error").withStatus(500);
    }
  }
}
