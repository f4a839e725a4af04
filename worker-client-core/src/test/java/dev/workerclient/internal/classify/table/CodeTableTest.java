package dev.workerclient.internal.classify.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerResponseException;
import dev.workerclient.internal.classify.table.FailureKind.Detail;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CodeTableTest {

  static Stream<KnownError> rows() {
    return CodeTable.sections().values().stream().flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void eachRowSaysWhatItMeansAndWhatToDo(KnownError row) {
    assertThat(row.meaning()).hasSizeGreaterThan(15).doesNotEndWith(".");
    assertThat(row.fix()).hasSizeGreaterThan(9).doesNotEndWith(".");
    assertThat(row.meaning() + row.fix()).doesNotContain("|", "\n");
    assertThat(row.statusToHandOn()).isIn(502, 503, 504);
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
    assertThat(CodeTable.ofStatus(1000)).isNull();
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
        "a…b…c | axc | false",
        "a…bc…c | abc | false",
        "…b | ab | true",
        "…b…c | bxc | true"
      })
  void anEllipsisStandsForAnyText(String pattern, String text, boolean matches) {
    assertThat(CodeTable.matches(pattern, text)).isEqualTo(matches);
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

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void eachKindHasTheExceptionOfItsName(FailureKind kind) {
    String name =
        Stream.of(kind.name().split("_", -1))
            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining("", "", "Exception"));
    ServiceError error =
        ServiceError.builder("APIMOM", "GET /", kind.name()).message("it failed").build();
    Detail detail =
        switch (kind) {
          case BINDING_PROXY -> new FailureKind.ProxyCode("NEW");
          case CLOUDFLARE_ERROR -> new FailureKind.Coded(520, null, null);
          case WORKER_CONNECTION ->
              new FailureKind.Disconnected(WorkerConnectionException.Phase.DNS);
          case CIRCUIT_OPEN -> new FailureKind.Refused(Map.of());
          default -> Detail.NONE;
        };
    Throwable cause = new IOException("broken");

    WorkerException exception = kind.exception(error, detail, cause);

    assertThat(exception).isExactlyInstanceOf(kind.type()).hasCause(cause);
    assertThat(exception.serviceError()).isSameAs(error);
    assertThat(kind.type().getSimpleName()).isEqualTo(name);
    assertThat(FailureKind.of(kind.type())).isEqualTo(kind);
  }

  @Test
  void anExceptionOfAnAnswerIsOfNoKind() {
    assertThat(FailureKind.of(WorkerResponseException.class)).isNull();
  }
}
