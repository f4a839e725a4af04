package dev.workerclient.mockserver;

/** The target runs and answers; the binding proxy marks that it did. */
record TargetAnswers(Reply answer) implements Script {
  @Override
  public Reply reply(RouteKind route, String service) {
    return route == RouteKind.BINDING_PROXY ? ProxyProtocol.targetAnswered(answer) : answer;
  }

  @Override
  public boolean runsTarget() {
    return true;
  }
}
