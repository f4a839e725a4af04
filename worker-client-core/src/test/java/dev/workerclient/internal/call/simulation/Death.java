package dev.workerclient.internal.call.simulation;

import java.util.Random;

/** What a request gets of a service that is dead: one of two, each as often. */
enum Death {
  MIXED("no answer, or the connection breaks", Fault.HANG, Fault.BREAK),
  HANGS("no answer", Fault.HANG, Fault.HANG),
  BREAKS("the connection breaks", Fault.BREAK, Fault.BREAK),
  REFUSES("no connection", Fault.REFUSE, Fault.REFUSE),
  THROWS("the Worker throws", Fault.THROW, Fault.THROW);

  private final String text;
  private final Fault one;
  private final Fault other;

  Death(String text, Fault one, Fault other) {
    this.text = text;
    this.one = one;
    this.other = other;
  }

  Fault next(Random random) {
    return random.nextBoolean() ? one : other;
  }

  @Override
  public String toString() {
    return text;
  }
}
