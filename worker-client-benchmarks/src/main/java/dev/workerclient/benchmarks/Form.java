package dev.workerclient.benchmarks;

/** How much is measured. */
public enum Form {
  /** About ten minutes: to see that all runs, and large differences. */
  QUICK,
  /** What docs/benchmarks.md is written from. */
  FULL;

  /** One of two numbers. */
  public int of(int quick, int full) {
    return this == QUICK ? quick : full;
  }
}
