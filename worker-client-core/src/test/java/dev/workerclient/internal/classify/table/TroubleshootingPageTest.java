package dev.workerclient.internal.classify.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.workerclient.error.WorkerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * docs/troubleshooting.md is written by hand: it leaves nothing out, and says what the table says.
 */
class TroubleshootingPageTest {
  private static final String PAGE = page();
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern CODE = Pattern.compile("`(?:error code: )?(\\d{3,5})`");

  /** A row of a table of symptoms: a quoted text or code, the exception the page says, the row. */
  record Symptom(String quoted, String exception, KnownError known) {}

  static Stream<String> exceptions() {
    return new ClassFileImporter()
        .importPackages("dev.workerclient.error").stream()
            .filter(type -> type.isAssignableTo(WorkerException.class))
            .map(JavaClass::getSimpleName)
            .filter(name -> !name.equals("WorkerException"));
  }

  static Stream<String> proxyCodes() {
    return ProxyCodes.ROWS.stream()
        .filter(row -> !row.equals(ProxyCodes.UNLISTED))
        .map(KnownError::id);
  }

  static Stream<Symptom> symptoms() {
    return Stream.of(
            symptoms("Runtime messages", QUOTED, TroubleshootingPageTest::runtimeText),
            symptoms("Cloudflare codes and pages", CODE, TroubleshootingPageTest::code),
            symptoms("HTTP statuses", CODE, TroubleshootingPageTest::code),
            symptoms("Binding proxy codes", QUOTED, CodeTable::ofProxyCode))
        .flatMap(Function.identity());
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void anExceptionIsNamed(String name) {
    assertThat(PAGE).contains(name);
  }

  @ParameterizedTest
  @MethodSource("proxyCodes")
  void aCodeOfTheBindingProxyHasItsRow(String code) {
    assertThat(symptoms().map(Symptom::quoted)).contains(code);
  }

  @ParameterizedTest
  @MethodSource("symptoms")
  void aSymptomIsInTheTableAndHasItsException(Symptom symptom) {
    assertThat(symptom.known()).isNotIn(WorkerCodes.UNLISTED, ProxyCodes.UNLISTED);
    String exception =
        RuntimeTexts.HINTS.contains(symptom.known())
            ? "WorkerResponseException"
            : symptom.known().kind().type().getSimpleName();
    assertThat(symptom.exception()).startsWith(exception);
  }

  @Test
  void everyKindOfSymptomIsFound() {
    assertThat(symptoms().map(Symptom::quoted))
        .contains("Worker not found.", "1042", "522", "BINDING_MISSING")
        .hasSizeGreaterThan(60);
  }

  private static KnownError runtimeText(String text) {
    KnownError failure = CodeTable.ofRuntimeFailure(text);
    KnownError known = failure == null ? CodeTable.ofRuntimeHint(text) : failure;
    return Objects.requireNonNull(known, () -> "RuntimeTexts has no row: " + text);
  }

  private static KnownError code(String digits) {
    return CodeTable.ofCode(Integer.parseInt(digits));
  }

  private static Stream<Symptom> symptoms(
      String section, Pattern quotes, Function<String, KnownError> known) {
    return rows(section)
        .flatMap(
            cells ->
                quotes
                    .matcher(cells.get(1))
                    .results()
                    .map(match -> match.group(1))
                    .map(text -> new Symptom(text, cells.get(2).strip(), known.apply(text))));
  }

  /** The rows of the section's table, without its head. */
  private static Stream<List<String>> rows(String section) {
    int start = PAGE.indexOf("\n### " + section + "\n");
    assertThat(start).as(section).isPositive();
    String text = PAGE.substring(start, PAGE.indexOf("\n#", start + 2));
    return text.lines()
        .filter(line -> line.startsWith("| "))
        .skip(1)
        .map(line -> List.of(line.split("\\|", -1)));
  }

  private static String page() {
    try {
      return Files.readString(Path.of("../docs/troubleshooting.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
