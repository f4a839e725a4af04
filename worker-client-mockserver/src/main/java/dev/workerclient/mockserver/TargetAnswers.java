package dev.workerclient.mockserver;

import java.util.function.Function;

/** The target runs and answers; the binding proxy marks that it did. */
record TargetAnswers(Function<RecordedRequest, MockAnswer> target) implements Script {
  @Override
  public Reply reply(RecordedRequest request) {
    Reply answer = target.apply(request).reply();
    return request.kind() == RouteKind.BINDING_PROXY
        ? ProxyProtocol.targetAnswered(answer, request.objectId())
        : answer;
  }

  @Override
  public boolean runsTarget() {
    return true;
  }
}
