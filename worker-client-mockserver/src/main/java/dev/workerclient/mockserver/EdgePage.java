package dev.workerclient.mockserver;

import java.util.stream.IntStream;

/** What the edge sends in one form alone, without a code of its own. */
enum EdgePage {
  NOTHING_HERE_YET("the page of a workers.dev host without a Worker"),
  ACCESS_REDIRECT("Access redirects to its login"),
  ACCESS_LOGIN("Access wants a login"),
  ACCESS_DENIED("Access refuses a token, as a page"),
  CHALLENGE("a challenge page");

  private static final int[] BARE = {520, 521, 522, 523, 524, 525, 526, 527, 530};

  private final String fixture;

  EdgePage(String fixture) {
    this.fixture = fixture;
  }

  EdgeAnswer answer() {
    return EdgeAnswer.of(Fixtures.other(fixture));
  }

  static EdgeAnswer bare(int status) {
    if (IntStream.of(BARE).noneMatch(known -> known == status)) {
      throw new IllegalArgumentException(
          "bareStatus was given " + status + "; write 520 to 527, or 530");
    }
    return EdgeAnswer.of(Fixtures.other(status + " with an empty body"));
  }
}
