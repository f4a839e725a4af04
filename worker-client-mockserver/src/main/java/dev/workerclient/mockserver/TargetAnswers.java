package dev.workerclient.mockserver;

import dev.workerclient.RouteKind;
import java.util.function.Function;

/** The target runs and answers; the binding proxy marks that it did. */
record TargetAnswers(Function<RecordedRequest, MockAnswer> target) implements Script {
  @Override
  public Reply reply(RecordedRequest request) {
    MockAnswer given = target.apply(request);
    if (given == null) {
      throw new IllegalStateException("the function returned null; return a MockAnswer");
    }
    Reply answer = given.reply();
    return request.kind() == RouteKind.BINDING_PROXY
        ? ProxyProtocol.targetAnswered(answer, request.objectId())
        : answer;
  }

  @Override
  public boolean runsTarget() {
    return true;
  }
}
