package dev.workerclient.mockserver;

/** The target gets the whole request and no answer comes back. */
enum Silence implements Script {
  DROPPED(Reply.Ending.DROPPED),
  HELD(Reply.Ending.HELD);

  private final Reply.Ending ending;

  Silence(Reply.Ending ending) {
    this.ending = ending;
  }

  @Override
  public Reply reply(RouteKind route, String service) {
    return Reply.none(ending);
  }

  @Override
  public boolean runsTarget() {
    return true;
  }
}
