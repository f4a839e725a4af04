package dev.workerclient.internal.classify.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CodeTableTest {

  static Stream<KnownError> rows() {
    return CodeTable.sections().values().stream().flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void eachRowSaysWhatItMeansAndWhatToDo(KnownError row) throws ClassNotFoundException {
    assertThat(row.meaning()).hasSizeGreaterThan(15).doesNotEndWith(".");
    assertThat(row.fix()).hasSizeGreaterThan(9).doesNotEndWith(".");
    assertThat(row.meaning() + row.fix()).doesNotContain("|", "\n");
    assertThat(row.statusToHandOn()).isIn(502, 503, 504);
    assertThat(Class.forName("dev.workerclient.error." + ErrorsPage.exception(row.kind())))
        .isNotNull();
  }

  @Test
  void exactlyFiveCodesProveOnTheProxyRouteThatNothingRan() {
    assertThat(rows().filter(KnownError::provenOnProxy).map(KnownError::id))
        .containsExactlyInAnyOrder("1015", "1020", "1027", "1042", "1104");
  }

  @Test
  void aCodeThatNobodyListedIsKnownAsThat() {
    assertThat(CodeTable.ofCode(1999).id()).isEqualTo("any other");
    assertThat(CodeTable.ofCode(0).id()).isEqualTo("any other");
    assertThat(CodeTable.ofProxyCode("SOMETHING_NEW").id()).isEqualTo("any other");
    assertThat(CodeTable.ofStatus(418)).isNull();
    assertThat(CodeTable.ofStatus(1042)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a | a | true",
        "a | ab | false",
        "a… | ab | true",
        "a… | b | false",
        "a…c | abc | true",
        "a…c | ac | true",
        "a…c | acd | false",
        "ab…bc | abc | false",
        "a…b…c | axbxbxc | true",
        "a…b…c | axc | false"
      })
  void anEllipsisStandsForAnyText(String pattern, String text, boolean matches) {
    assertThat(TextPattern.matches(pattern, text)).isEqualTo(matches);
  }

  @Test
  void eachKindOfFailureThatAResponseShowsHasARow() {
    assertThat(rows().map(KnownError::kind))
        .containsAll(
            Arrays.stream(FailureKind.values())
                .filter(
                    kind ->
                        switch (kind) {
                          case UNPROVEN_RESPONSE, WORKER_DECODING, WORKER_CANCELLED, CIRCUIT_OPEN ->
                              false;
                          default -> true;
                        })
                .toList());
  }
}
