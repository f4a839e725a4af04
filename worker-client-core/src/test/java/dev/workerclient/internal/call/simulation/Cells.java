package dev.workerclient.internal.call.simulation;

import java.math.BigDecimal;
import java.util.List;

/** Numbers as text, the same on every JDK, and rows of a table. */
final class Cells {
  private Cells() {}

  static String decimal(double value, int places) {
    long scaled = StrictMath.round(value * BigDecimal.ONE.scaleByPowerOfTen(places).longValue());
    return BigDecimal.valueOf(scaled, places).toPlainString();
  }

  static String times(double value) {
    return decimal(value, 2) + "×";
  }

  /** Rounded down, so that 100 % is all of them. */
  static String percent(double part) {
    return (long) (part * 100) + " %";
  }

  static String seconds(int seconds) {
    return seconds < 0 ? "not in time" : seconds + " s";
  }

  static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  static String head(List<String> names) {
    return row(names) + "|" + "---|".repeat(names.size()) + "\n";
  }
}
