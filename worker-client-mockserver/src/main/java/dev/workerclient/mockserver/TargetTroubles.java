package dev.workerclient.mockserver;

/** Bodies that are trouble. */
final class TargetTroubles {
  /** An answer of which the first half is sent. */
  static final MockAnswer HALF = MockAnswer.json("{\"first\":\"half\",\"second\":\"half\"}");

  /** Where its first half ends. */
  static final int MIDDLE = 15;

  private TargetTroubles() {}
}
