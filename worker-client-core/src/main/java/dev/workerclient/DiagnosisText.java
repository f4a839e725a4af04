package dev.workerclient;

import dev.workerclient.health.DiagnosisStep;
import dev.workerclient.health.DiagnosisStep.Result;
import dev.workerclient.health.RouteDiagnosis;
import java.util.Locale;

/** Writes a {@link DiagnosisReport} as text. */
final class DiagnosisText {
  private DiagnosisText() {}

  static String of(DiagnosisReport report) {
    TextLines lines = new TextLines();
    long failing = report.routes().stream().filter(route -> route.failure().isPresent()).count();
    lines.line(
        report.service()
            + ": "
            + (failing == 0
                ? "nothing is wrong"
                : failing + (failing == 1 ? " route fails" : " routes fail"))
            + ", at "
            + report.takenAt());
    for (RouteDiagnosis route : report.routes()) {
      lines.line("");
      lines.line(route.route());
      route.steps().forEach(step -> step(lines, step));
    }
    return lines.toString();
  }

  private static void step(TextLines lines, DiagnosisStep step) {
    String check = step.check().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    lines.words(
        String.format(Locale.ROOT, "  %-4s  %-10s  ", mark(step.result()), check), step.seen());
    if (!step.fix().isEmpty()) {
      lines.words(
          " ".repeat(20) + (step.result() == Result.FAILED ? "fix: " : "hint: "), step.fix());
    }
  }

  private static String mark(Result result) {
    return switch (result) {
      case PASSED -> "ok";
      case FAILED -> "FAIL";
      case SKIPPED -> "-";
    };
  }
}
