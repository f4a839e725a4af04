package dev.workerclient.health;

import dev.workerclient.health.DiagnosisStep.Result;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The steps that were checked on one route.
 *
 * @param route {@code binding-proxy} or {@code custom-domain}
 * @param steps in the order of {@link Check}. Copied
 */
public record RouteDiagnosis(String route, List<DiagnosisStep> steps) {
  /** Keeps a copy of the steps. */
  public RouteDiagnosis {
    Objects.requireNonNull(route, "route");
    steps = List.copyOf(Objects.requireNonNull(steps, "steps"));
  }

  /** Returns the step that failed, or empty if none did. There is at most one. */
  public Optional<DiagnosisStep> failure() {
    return steps.stream().filter(step -> step.result() == Result.FAILED).findFirst();
  }

  /** Returns the step of that check, or empty if this kind of route does not have it. */
  public Optional<DiagnosisStep> step(Check check) {
    Objects.requireNonNull(check, "check");
    return steps.stream().filter(step -> step.check() == check).findFirst();
  }
}
