package dev.workerclient.mockserver;

import dev.workerclient.RouteKind;
import dev.workerclient.internal.rpc.ProtocolException;
import dev.workerclient.internal.rpc.ServedSessions;
import dev.workerclient.rpc.RpcSession;
import java.lang.invoke.MethodHandles;
import okhttp3.Headers;
import okhttp3.WebSocketListener;

/**
 * The methods of a Java object answer Cap'n Web batches and sessions, as capnweb at the Worker
 * does. Loads only if {@code worker-client-rpc} is there.
 */
record RpcScript(Object target, OpenSessions sessions, RpcCalls calls) implements Script {
  static {
    try {
      // Its class says what serves sessions.
      Class<?> unused = MethodHandles.lookup().ensureInitialized(RpcSession.class);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("RpcSession is public", e);
    }
  }

  @Override
  public Reply reply(RecordedRequest request) {
    return isSession(request) ? session(request) : new TargetAnswers(this::batch).reply(request);
  }

  static boolean isSession(RecordedRequest request) {
    return "websocket".equalsIgnoreCase(request.header("Upgrade"));
  }

  private MockAnswer batch(RecordedRequest request) {
    try {
      return MockAnswer.text(RpcBatchAnswer.of(request.string(), target, calls));
    } catch (ProtocolException e) {
      return MockAnswer.text("Internal Server Error").withStatus(500);
    }
  }

  private Reply session(RecordedRequest request) {
    Headers headers =
        request.kind() == RouteKind.BINDING_PROXY
            ? ProxyProtocol.sessionHeaders(request.objectId())
            : Headers.of();
    WebSocketListener served =
        ServedSessions.serve(
            request.service(),
            request.route(),
            target,
            (method, arguments) -> calls.add(RpcTarget.seen(method, arguments)));
    return Reply.upgraded(headers, sessions.open(served));
  }

  @Override
  public boolean runsTarget() {
    return true;
  }
}
