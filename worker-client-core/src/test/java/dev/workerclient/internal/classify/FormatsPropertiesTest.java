package dev.workerclient.internal.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.internal.classify.Reply.Route;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Each form of Cloudflare's errors is known with every code, and nothing else is. */
class FormatsPropertiesTest {
  enum Form {
    TEXT("text/plain", "error code: %d"),
    JSON("application/json", "{\"error_code\":%d,\"cloudflare_error\":true}"),
    PROBLEM("application/problem+json", "{\"cloudflare_error\":true,\"error_code\":%d}"),
    MARKDOWN("text/markdown", "---\nerror_code: %d\ncloudflare_error: true\n---\n"),
    HTML(
        "text/html",
        "<div id=\"cf-wrapper\"><div id=\"cf-error-details\">"
            + "<span class=\"cf-error-code\">%d</span></div></div>");

    final String contentType;
    final String body;

    Form(String contentType, String body) {
      this.contentType = contentType;
      this.body = body;
    }
  }

  private static @Nullable Failure classify(int status, String contentType, String body) {
    return ReplyLaws.check(Reply.of(Route.DOMAIN, status, contentType, body));
  }

  @Property
  void everyCodeIsKnownInEveryForm(
      @ForAll Form form,
      @ForAll @IntRange(min = 1000, max = 99_999) int code,
      @ForAll @IntRange(min = 400, max = 599) int status) {
    Failure failure = classify(status, form.contentType, String.format(form.body, code));

    assertThat(Objects.requireNonNull(failure, "an answer").cloudflareCode()).isEqualTo(code);
  }

  @Property
  void noFormIsReadInAnotherContentType(@ForAll Form form, @ForAll Form other) {
    boolean json = form.name().matches("JSON|PROBLEM") && other.name().matches("JSON|PROBLEM");
    Failure failure = classify(404, other.contentType, String.format(form.body, 1042));

    assertThat(failure != null).isEqualTo(form == other || json);
  }

  @Property
  void aFailureOfAnyLengthIsReadInItsFirst64KiB(
      @ForAll Form form, @ForAll @IntRange(max = 200_000) int blanks) {
    classify(404, form.contentType, String.format(form.body, 1042) + " ".repeat(blanks));
  }

  @Property
  void aTextWithMoreThanTheFormIsAnAnswer(
      @ForAll("words") String before, @ForAll("words") String after) {
    boolean more = !before.isBlank() || !after.isBlank();

    assertThat(classify(404, "text/plain", before + "error code: 10420" + after) == null)
        .isEqualTo(more);
  }

  @Property
  void anyOtherTextIsAnAnswer(@ForAll("notTheForm") String text) {
    assertThat(classify(404, "text/plain", text)).isNull();
  }

  @Property
  void aJsonObjectThatIsNotMarkedAsCloudflaresIsAnAnswer(@ForAll("unmarked") String json) {
    assertThat(classify(404, "application/json", json)).isNull();
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.of("", " ", "\n", ".", "0", "x", "see: ", "\u00a0", "{", "\"");
  }

  @Provide
  Arbitrary<String> notTheForm() {
    Arbitrary<String> prefix =
        Arbitraries.of("error code:", "Error code: ", "error  code: ", "error code: ", "code: ");
    Arbitrary<String> code =
        Arbitraries.of("", "42", "104200", "10a2", "-1042", "1 042", "1042.0", "\u0661\u0660");
    return Arbitraries.oneOf(
        Combinators.combine(prefix, code).as(String::concat),
        Arbitraries.strings().filter(text -> !text.trim().matches("error code: [0-9]{3,5}")));
  }

  @Provide
  Arbitrary<String> unmarked() {
    Arbitrary<String> name = Arbitraries.of("error_code", "error_name", "cloudflare", "ray_id", "");
    Arbitrary<String> value =
        Arbitraries.of("1042", "true", "null", "\"x\"", "[true]", "{\"cloudflare_error\":true}");
    Arbitrary<String> mark =
        Arbitraries.of("false", "null", "1", "\"true\"", "[true]", "{\"cloudflare_error\":true}");
    Arbitrary<List<String>> fields =
        Combinators.combine(name, value).as((n, v) -> "\"" + n + "\":" + v).list().ofMaxSize(5);
    return Combinators.combine(fields, mark)
        .as(
            (all, m) ->
                all.stream().collect(Collectors.joining(",", "{", all.isEmpty() ? "" : ","))
                    + "\"cloudflare_error\":"
                    + m
                    + "}");
  }
}
