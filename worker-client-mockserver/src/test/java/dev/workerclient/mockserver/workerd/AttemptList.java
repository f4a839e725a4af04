package dev.workerclient.mockserver.workerd;

import dev.workerclient.CallInfo;
import dev.workerclient.CallListener;
import java.util.List;

/** Adds each attempt that begins. */
record AttemptList(List<CallInfo> attempts) implements CallListener {
  @Override
  public void attemptStarted(CallInfo call, String route, int number) {
    attempts.add(call);
  }
}
