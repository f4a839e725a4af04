package dev.workerclient.internal.health;

import dev.workerclient.health.Check;
import dev.workerclient.health.DiagnosisStep;
import dev.workerclient.health.DiagnosisStep.Result;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lays down the steps of one route up to where it stops. */
final class Steps {
  private final List<DiagnosisStep> steps = new ArrayList<>();
  private final @Nullable Stop stop;
  private boolean stopped;

  Steps(@Nullable Stop stop) {
    this.stop = stop;
  }

  /** Adds a check that passed, unless the walk stops here or did before. */
  void passed(Check check, String seen) {
    add(new DiagnosisStep(check, Result.PASSED, seen, ""));
  }

  /** Adds a check that there is nothing to check for, unless the walk stops here or did before. */
  void skipped(Check check, String why, String advice) {
    add(new DiagnosisStep(check, Result.SKIPPED, why, advice));
  }

  private void add(DiagnosisStep step) {
    if (stopped) {
      steps.add(new DiagnosisStep(step.check(), Result.SKIPPED, "not reached", ""));
    } else if (stop != null && stop.at() == step.check()) {
      stopped = true;
      steps.add(new DiagnosisStep(step.check(), Result.FAILED, stop.seen(), stop.fix()));
    } else {
      steps.add(step);
    }
  }

  List<DiagnosisStep> list() {
    return steps;
  }
}
