package dev.workerclient.mockserver.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Whether a run kept all rules. */
final class Verdict {
  private Verdict() {}

  /** Every breach of a rule, in the order of the calls. */
  static List<String> breaches(Collection<CallResult> results, Rule... rules) {
    List<String> breaches = new ArrayList<>();
    for (CallResult result : results) {
      for (Rule rule : rules) {
        rule.check(result, broken -> breaches.add(broken + "\n    " + result));
      }
    }
    return breaches;
  }
}
