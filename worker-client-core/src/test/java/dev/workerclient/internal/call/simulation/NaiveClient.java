package dev.workerclient.internal.call.simulation;

/** What is written by hand: whatever fails, the next route at once, three times in all. */
final class NaiveClient extends Client {
  NaiveClient(Attempts attempts, long period) {
    super(attempts, period);
  }

  @Override
  void call() {
    attempt(time().now(), 1);
  }

  private void attempt(long start, int number) {
    long left = start + CALL_TIMEOUT - time().now();
    boolean onProxy = number % 2 == 1;
    Attempts.End end = attempts().begin(onProxy, Math.min(left, ATTEMPT_TIMEOUT), number);
    boolean last = end.fault() == null || number == MOST_ATTEMPTS;
    time()
        .at(
            end.time(),
            () -> {
              if (last) {
                ended(start, end.fault() == null);
              } else {
                attempt(start, number + 1);
              }
            });
  }
}
