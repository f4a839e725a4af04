package dev.workerclient.internal.classify;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.code_intelligence.jazzer.mutation.annotation.ValuePool;
import dev.workerclient.internal.classify.table.FailureKind;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the classifier; CONTRIBUTING says how to do so for longer. */
class ClassifierFuzzTest {
  private static final Map<FailureKind, Long> FAILURES = new EnumMap<>(FailureKind.class);
  private static long inputs;
  private static long passed;

  @MethodSource(ReplySeeds.CLASS + "#replies")
  @ValuePool(ReplySeeds.CLASS + "#values")
  @DictionaryEntries({"\\u001b", "\\u202e", "---", "error_code", "cloudflare_error", "retry_after"})
  @FuzzTest(maxDuration = "")
  void everyReplyIsAnAnswerOrAFailureByTheRules(@NotNull Reply reply) {
    inputs++;
    Failure failure = ReplyLaws.check(reply);
    if (failure != null) {
      FAILURES.merge(failure.kind(), 1L, Long::sum);
    }
    passed++;
  }

  @AfterAll
  static void asManyInputsRanAsWereAskedFor() {
    System.out.printf("%,d fuzz inputs, failures among them: %s%n", inputs, FAILURES);
    if (passed == inputs) {
      assertThat(inputs).isGreaterThanOrEqualTo(Long.getLong("jazzer.max_executions", 0));
    }
  }
}
