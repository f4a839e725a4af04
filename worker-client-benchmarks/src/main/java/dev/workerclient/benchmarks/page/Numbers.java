package dev.workerclient.benchmarks.page;

import java.util.Arrays;
import java.util.Locale;

/** Percentiles, and numbers as tables show them. */
public final class Numbers {
  private Numbers() {}

  /** The value below which that part of them lies; NaN of none. */
  public static double percentile(double part, double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, part * sorted.length)];
  }

  /** The middle one. */
  public static double median(double... values) {
    return percentile(0.5, values);
  }

  /** Such as {@code 1.07}; a dash if there is none. */
  public static String ratio(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.2f", value);
  }

  /** Such as {@code 8,554}. */
  public static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  /** Such as {@code 8,554}. */
  public static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Such as {@code 3.2}. */
  public static String tenth(double value) {
    return String.format(Locale.ROOT, "%,.1f", value);
  }
}
