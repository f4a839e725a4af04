package dev.workerclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How much of this library a reader has to follow to understand a call. There is room for a machine
 * so slow that the connection is idle before the call.
 */
@Timeout(120)
class CallLengthTest {
  private static final boolean LISTS = Boolean.getBoolean("call.entries");

  @ParameterizedTest
  @CsvSource({"get, 182, 41", "error-1042, 373, 59"})
  void aWarmCallEntersFewMethodsInFewFiles(String call, int methods, int files) throws Exception {
    List<String> entries = MethodEntries.of(call);
    System.out.printf(
        "%s: %d method entries in %d files%n", call, entries.size(), MethodEntries.files(entries));
    if (LISTS) {
      entries.forEach(System.out::println);
    }

    assertThat(entries).isNotEmpty().hasSizeLessThanOrEqualTo(methods);
    assertThat(MethodEntries.files(entries)).isLessThanOrEqualTo(files);
  }
}
