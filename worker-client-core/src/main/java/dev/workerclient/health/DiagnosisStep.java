package dev.workerclient.health;

import java.util.Objects;

/**
 * One step of a diagnosis.
 *
 * @param check what was asked
 * @param result how it came out
 * @param seen what was seen, or why it was left out, in one line
 * @param fix what to do; empty where there is nothing to do
 */
public record DiagnosisStep(Check check, Result result, String seen, String fix) {
  /** Requires every component. */
  public DiagnosisStep {
    Objects.requireNonNull(check, "check");
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(seen, "seen");
    Objects.requireNonNull(fix, "fix");
  }

  /** How a step came out. */
  public enum Result {
    /** As it should be. */
    PASSED,
    /** This is what is wrong with the route. */
    FAILED,
    /** Left out: an earlier step failed, or there is nothing to check here. */
    SKIPPED
  }
}
