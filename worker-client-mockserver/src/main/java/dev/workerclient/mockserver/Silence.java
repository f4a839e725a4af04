package dev.workerclient.mockserver;

/** No answer comes back. */
enum Silence implements Script {
  /** The connection ends with the request's head. */
  UNREAD(Reply.Ending.DROPPED),
  /** The target gets the whole request, and the connection ends. */
  DROPPED(Reply.Ending.DROPPED),
  /** The target gets the whole request. */
  HELD(Reply.Ending.HELD);

  private final Reply.Ending ending;

  Silence(Reply.Ending ending) {
    this.ending = ending;
  }

  @Override
  public Reply reply(RecordedRequest request) {
    return Reply.none(ending);
  }

  @Override
  public boolean runsTarget() {
    return this != UNREAD;
  }

  @Override
  public boolean leavesRequestUnread() {
    return this == UNREAD;
  }
}
