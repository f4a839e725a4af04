package dev.workerclient.mockserver;

import dev.workerclient.internal.rpc.ProtocolException;
import okhttp3.Headers;

/** The methods of a Java object answer Cap'n Web batches, as capnweb at the Worker does. */
record RpcScript(Object target) implements Script {
  /** Where a custom domain of the mock serves RPC. */
  static final String PATH = "/rpc";

  private static final Headers TEXT = Headers.of("Content-Type", "text/plain;charset=UTF-8");

  static boolean isRpc(RecordedRequest request) {
    return request.kind() == RouteKind.BINDING_PROXY
        ? "rpc".equals(request.header(ProxyProtocol.OPERATION))
        : request.method().equals("POST") && request.path().equals(PATH);
  }

  @Override
  public Reply reply(RecordedRequest request) {
    Reply answer = answer(request);
    return request.kind() == RouteKind.BINDING_PROXY
        ? ProxyProtocol.targetAnswered(answer, request.objectId())
        : answer;
  }

  private Reply answer(RecordedRequest request) {
    try {
      return Reply.of(200, TEXT, RpcBatchAnswer.of(request.string(), target));
    } catch (ProtocolException e) {
      return Reply.of(500, TEXT, "Internal Server Error");
    }
  }

  @Override
  public boolean runsTarget() {
    return true;
  }
}
