package dev.workerclient.health;

import java.util.Objects;

/**
 * One step of a diagnosis.
 *
 * @param check what was checked
 * @param result the result
 * @param seen what was seen, or why the step was skipped, in one line
 * @param fix what to do; empty if there is nothing to do
 */
public record DiagnosisStep(Check check, Result result, String seen, String fix) {
  /** Requires every component. */
  public DiagnosisStep {
    Objects.requireNonNull(check, "check");
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(seen, "seen");
    Objects.requireNonNull(fix, "fix");
  }

  /** The result of a step. */
  public enum Result {
    /** The step passed. */
    PASSED,
    /** The step failed: this is what is wrong with the route. */
    FAILED,
    /** The step was skipped: an earlier one failed, or there is nothing to check. */
    SKIPPED
  }
}
