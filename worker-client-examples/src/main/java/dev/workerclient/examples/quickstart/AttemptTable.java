package dev.workerclient.examples.quickstart;

import dev.workerclient.error.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The attempts of a call as lines of text. */
final class AttemptTable {
  private static final String ROW = "   %-15s %4s  %-20s %-14s %8s";

  private AttemptTable() {}

  static List<String> lines(List<Attempt> attempts) {
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, ROW, "route", "HTTP", "outcome", "delivery", "ms"));
    for (Attempt attempt : attempts) {
      lines.add(
          String.format(
              Locale.ROOT,
              ROW,
              attempt.route(),
              attempt.status().isPresent() ? attempt.status().getAsInt() : "-",
              attempt.failure() == null ? "answered" : attempt.failure(),
              attempt.delivery(),
              String.format(Locale.ROOT, "%.1f", attempt.elapsed().toNanos() / 1e6)));
    }
    return lines;
  }
}
