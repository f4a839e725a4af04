package dev.workerclient.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.MATCH_ALL;
import static org.junit.jupiter.params.provider.EnumSource.Mode.MATCH_NONE;

import com.sun.management.ThreadMXBean;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.table.FailureKind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A plain answer costs no memory, and the samples are what their names say. */
class ClassificationCostTest {
  private static final int CALLS = 200_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private @Nullable Failure last;

  @ParameterizedTest
  @EnumSource(mode = MATCH_ALL, names = "PLAIN_.*")
  void aPlainAnswerCostsNoAllocationAndNoReadOfItsBody(Sample sample) throws IOException {
    assertThat(bytesPerCall(sample)).isLessThan(1);
    assertThat(last).isNull();
  }

  @Test
  void theMeasureSeesWhatAFailureCosts() throws IOException {
    assertThat(bytesPerCall(Sample.TEXT_1042)).isGreaterThan(16);
    assertThat(last).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(mode = MATCH_ALL, names = ".*_1042")
  void a1042IsOne(Sample sample) throws IOException {
    assertThat(sample.classify()).extracting(Failure::kind).isEqualTo(FailureKind.ERROR_1042);
  }

  @ParameterizedTest
  @EnumSource(mode = MATCH_NONE, names = ".*_1042")
  void anythingElseIsAnAnswer(Sample sample) throws IOException {
    assertThat(sample.classify()).isNull();
  }

  private double bytesPerCall(Sample sample) throws IOException {
    classify(sample); // Until it is compiled.
    long before = THREADS.getCurrentThreadAllocatedBytes();
    classify(sample);
    return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS;
  }

  private void classify(Sample sample) throws IOException {
    for (int i = 0; i < CALLS; i++) {
      last = sample.classify();
    }
  }
}
