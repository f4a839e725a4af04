package dev.workerclient.internal.classify.table;

/** What an error says, by its meaning, of whether code of the target ran. */
public enum Run {
  /** It comes before any code of the target can run. */
  EXCLUDED,
  /** It only ever comes after code of the target ran. */
  CERTAIN,
  /** Either is possible. */
  POSSIBLE
}
