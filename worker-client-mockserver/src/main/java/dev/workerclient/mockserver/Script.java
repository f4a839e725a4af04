package dev.workerclient.mockserver;

import java.time.Duration;

/** What comes back to a request. Immutable. */
interface Script {
  /** Returns what is sent back to that request. */
  Reply reply(RecordedRequest request);

  /** Whether the target ran, or began to, when a request met this script. */
  boolean runsTarget();

  /** Whether the connection ends as soon as the request's head is there. */
  default boolean leavesRequestUnread() {
    return false;
  }

  /** Returns what comes back, whenever it does. */
  default Script undelayed() {
    return this;
  }

  /** The same, that much later. */
  record Delayed(Script script, Duration delay) implements Script {
    @Override
    public Reply reply(RecordedRequest request) {
      return script.reply(request).delayedBy(delay);
    }

    @Override
    public boolean runsTarget() {
      return script.runsTarget();
    }

    @Override
    public Script undelayed() {
      return script.undelayed();
    }
  }
}
