package dev.workerclient.health;

import dev.workerclient.health.DiagnosisStep.Result;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The steps that were walked on one route.
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

  /** The step that failed, or empty where none did. There is one at most. */
  public Optional<DiagnosisStep> failure() {
    return steps.stream().filter(step -> step.result() == Result.FAILED).findFirst();
  }

  /** The step of that check, or empty where this kind of route has none. */
  public Optional<DiagnosisStep> step(Check check) {
    Objects.requireNonNull(check, "check");
    return steps.stream().filter(step -> step.check() == check).findFirst();
  }
}
