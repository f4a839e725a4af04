package dev.workerclient.internal.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.internal.classify.table.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The corpus against the classifier, on a custom domain whose answers carry no stamp. */
class ConformanceTest {
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-01T00:00:00Z"));
  private static final int CATALOGUE_1XXX_CODES = 59;
  private static final int FEWEST_NEAR_MISSES = 150;
  private static final String MARKED = "\"cloudflare_error\":true,\"error_code\":1042";

  static Stream<CorpusCase> eachCodeInEachForm() {
    List<Corpus.Form> forms = Corpus.forms();
    return Corpus.codes().stream().flatMap(code -> forms.stream().map(form -> form.of(code)));
  }

  static List<CorpusCase> others() {
    return Corpus.others();
  }

  static List<CorpusCase> nearMisses() {
    return Corpus.nearMisses();
  }

  /** Near-misses too long for a file. */
  static Stream<CorpusCase> longNearMisses() {
    String padding = " ".repeat(BodyPrefix.LIMIT);
    return Stream.of(
        answer("JSON over the limit", "application/json", "{" + MARKED + padding + "}"),
        answer("JSON with its mark over the limit", "application/json", "{" + padding + MARKED),
        answer("deep JSON", "application/json", "[".repeat(BodyPrefix.LIMIT * 2)),
        answer(
            "front matter that closes over the limit",
            "text/markdown",
            "---\nerror_code: 1042\ncloudflare_error: true\nx: " + padding + "\n---\n"),
        answer(
            "a wrapper over the limit",
            "text/html",
            "<html><body>"
                + padding
                + "<div id=\"cf-wrapper\"><span class=\"cf-error-code\">1042</span></div>"),
        answer("a title without end", "text/html", "<title>" + "| a.b ".repeat(BodyPrefix.LIMIT)),
        answer(
            "a page about Cloudflare whose code is over the limit",
            "text/html",
            "<title>About Cloudflare</title><style>"
                + "x".repeat(BodyPrefix.PAGE_LIMIT)
                + "</style><div id=\"cf-wrapper\"><span class=\"cf-error-code\">1042</span></div>"),
        answer(
            "a page about Cloudflare with content of its own, and a long end",
            "text/html",
            "<title>About Cloudflare</title><h1>Errors</h1>"
                + "x".repeat(BodyPrefix.LIMIT)
                + "<div id=\"cf-wrapper\"><span class=\"cf-error-code\">1042</span></div>"),
        answer("comments without end", "text/html", "<!--".repeat(BodyPrefix.LIMIT)),
        answer("a long log", "text/plain", "error code: 1042\n".repeat(BodyPrefix.LIMIT)));
  }

  /** Cloudflare's pages too long for a file: its marks are within the first 512 KiB. */
  static Stream<CorpusCase> longPages() {
    String head = "<html><head><title>x | a.example | Cloudflare</title>";
    String wrapper = "<div id=\"cf-wrapper\">";
    String code = "<h1><span class=\"cf-error-code\">1042</span></h1>";
    String long70 = "x".repeat(70 * 1024);
    return Stream.of(
        page("a long end", head + wrapper + code + "<p>" + "x".repeat(2_000_000)),
        page("a long style sheet", head + "<style>" + long70 + "</style>" + wrapper + code),
        page(
            "a long style sheet, wrapped alone",
            "<link id=\"cf_styles-css\"><style>" + long70 + "</style>" + wrapper + code,
            "Content-Length",
            "170000"),
        page("a long script", head + "<script>" + long70 + "</script>" + wrapper + code),
        page("a long comment", head + "<!--" + long70 + "-->" + wrapper + code),
        page("a code after long content", head + wrapper + "<p>" + long70 + "</p>" + code),
        page(
            "a style sheet up to the limit",
            head + "<style>" + "x".repeat(511 * 1024) + "</style>" + wrapper + code));
  }

  private static CorpusCase page(String name, String body, String... headers) {
    Headers all =
        Headers.of(headers).newBuilder().set("Content-Type", "text/html; charset=UTF-8").build();
    return new CorpusCase(name, 404, FailureKind.ERROR_1042, 1042, all, body);
  }

  private static CorpusCase answer(String name, String contentType, String body) {
    return new CorpusCase(name, 404, null, 0, Headers.of("Content-Type", contentType), body);
  }

  @Tag("each-case")
  @ParameterizedTest(name = "{0}")
  @MethodSource("eachCodeInEachForm")
  void eachCodeIsKnownInEachForm(CorpusCase response) throws IOException {
    assertIsAsExpected(response);
  }

  @Tag("each-case")
  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  void whatElseCloudflareSendsIsKnown(CorpusCase response) throws IOException {
    assertThat(response.kind()).isNotNull();
    assertIsAsExpected(response);
  }

  @Tag("each-case")
  @ParameterizedTest(name = "{0}")
  @MethodSource("longPages")
  void aPageBeyondTheFirst64KibibytesIsKnown(CorpusCase response) throws IOException {
    assertIsAsExpected(response);
  }

  @Tag("each-case")
  @ParameterizedTest(name = "{0}")
  @MethodSource({"nearMisses", "longNearMisses"})
  void aNearMissIsAnAnswer(CorpusCase response) throws IOException {
    assertThat(response.kind()).isNull();
    assertIsAsExpected(response);
  }

  /** The same in one test, for mutation tests, which can't start thousands for each mutation. */
  @Test
  void allCasesAreAsExpected() throws IOException {
    List<CorpusCase> cases =
        Stream.of(
                eachCodeInEachForm(),
                others().stream(),
                longPages(),
                nearMisses().stream(),
                longNearMisses())
            .flatMap(each -> each)
            .toList();
    for (CorpusCase each : cases) {
      assertIsAsExpected(each);
    }
  }

  @Test
  void theCorpusIsLargeEnoughToCountOn() {
    int codes = Corpus.codes().size();
    int forms = Corpus.forms().size();
    int others = others().size();
    int nearMisses = nearMisses().size();
    System.out.printf(
        "corpus: %d codes x %d forms = %d, %d other cases, %d near-misses%n",
        codes, forms, codes * forms, others, nearMisses);

    assertThat(Corpus.codes()).extracting(Corpus.Code::code).doesNotHaveDuplicates();
    assertThat(codes).isGreaterThanOrEqualTo(CATALOGUE_1XXX_CODES);
    assertThat(forms).isGreaterThanOrEqualTo(16);
    assertThat(nearMisses).isGreaterThanOrEqualTo(FEWEST_NEAR_MISSES);
    assertThat(Stream.of(others(), nearMisses()).flatMap(List::stream).map(CorpusCase::name))
        .doesNotHaveDuplicates();
  }

  private static void assertIsAsExpected(CorpusCase response) throws IOException {
    byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
    Failure failure =
        Classifier.classify(
            Provenance.customDomain(null),
            response.status(),
            response.headers(),
            limit -> Arrays.copyOf(body, Math.min(body.length, limit)),
            NOW);

    String verdict = failure == null ? "answer" : failure.kind() + " " + failure.cloudflareCode();
    String due = response.kind() == null ? "answer" : response.kind() + " " + response.code();
    assertThat(verdict).as(response.name()).isEqualTo(due);
  }
}
