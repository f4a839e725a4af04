package dev.workerclient.internal.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AnsweredShareTest {
  private static final Offset<Double> EXACT = within(1e-9);
  private static final long START = 1_000_000;

  private final AnsweredShare share = new AnsweredShare();

  @Test
  void isOneAtFirst() {
    assertThat(share.value()).isEqualTo(1);
    assertThat(share.staysAll(START)).isTrue();
  }

  @Test
  void aFailureAmongManyIsASeventh() {
    share.add(false, START);
    assertThat(share.value()).isEqualTo(6.0 / 7, EXACT);

    share.add(false, START);
    assertThat(share.value()).isEqualTo(36.0 / 49, EXACT);
  }

  @Test
  void anAnswerCountsAsMuchAsAFailure() {
    share.add(false, START);
    share.add(true, START);

    assertThat(share.value()).isEqualTo(6.0 / 7 + 1.0 / 49, EXACT);
    assertThat(share.staysAll(START)).isFalse();
  }

  @Test
  void theLongerNothingWasSentTheMoreAnAttemptCounts() {
    share.add(true, START);

    share.add(false, START + 500);
    assertThat(share.value()).isEqualTo(1 - 500.0 / 2_500, EXACT);
    share.add(false, START + 60_500);
    assertThat(share.value()).isEqualTo(0.8 * 0.75, EXACT); // Four count at least.
  }

  @Test
  void answersThatLeaveTheShareAtOneAreAttemptsToo() {
    share.add(true, START);
    assertThat(share.staysAll(START + 60_000)).isTrue();

    share.add(false, START + 60_000);

    assertThat(share.value()).isEqualTo(6.0 / 7, EXACT);
  }

  @Test
  void aClockThatIsSetBackCountsAsNoTime() {
    share.add(true, START);
    share.add(false, START - 60_000);
    assertThat(share.value()).isEqualTo(6.0 / 7, EXACT);

    AnsweredShare other = new AnsweredShare();
    other.staysAll(START);
    other.staysAll(START - 60_000);
    other.add(false, START - 59_500);
    assertThat(other.value()).isEqualTo(1 - 500.0 / 2_500, EXACT);
  }

  @Test
  void isOneAgainAfterEnoughAnswers() {
    share.add(false, START);
    int answers = 0;
    while (!share.staysAll(START)) {
      share.add(true, START);
      answers++;
    }

    assertThat(answers).isEqualTo(18); // From 1/7 below to 0.01 below, a seventh less each time.
    assertThat(share.value()).isEqualTo(1);
  }

  @Test
  void forgetsEverything() {
    share.add(false, START);
    share.clear();
    assertThat(share.value()).isEqualTo(1);

    share.add(false, START + 60_000);
    assertThat(share.value()).isEqualTo(6.0 / 7, EXACT);
  }
}
