package dev.workerclient.mockserver.chaos;

import java.util.function.Consumer;

/** Something that holds of every call, whatever was done to it. */
@FunctionalInterface
interface Rule {
  /** Tells each way in which the call broke the rule. */
  void check(CallResult result, Consumer<String> broken);
}
