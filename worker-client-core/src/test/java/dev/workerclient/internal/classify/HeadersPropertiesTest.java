package dev.workerclient.internal.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.internal.classify.Reply.Field;
import dev.workerclient.internal.classify.Reply.Name;
import dev.workerclient.internal.classify.Reply.Route;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LowerChars;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;

/** What decides in a header is known however it is written, and nothing that looks like it. */
class HeadersPropertiesTest {
  private static @Nullable Failure classify(int status, Name name, String value) {
    return ReplyLaws.check(Reply.of(Route.DOMAIN, status, "", "", new Field(name, value)));
  }

  @Property
  void aContentTypeIsKnownInAnyCaseWithAnyParameters(
      @ForAll("spelledTextPlain") String contentType) {
    assertThat(ReplyLaws.check(Reply.of(Route.DOMAIN, 404, contentType, "error code: 1042")))
        .isNotNull();
  }

  @Property
  void anyOtherContentTypeIsNotRead(
      @ForAll @LowerChars @StringLength(min = 1, max = 12) String other) {
    assertThat(
            ReplyLaws.check(Reply.of(Route.DOMAIN, 404, "text/plain" + other, "error code: 1042")))
        .isNull();
  }

  @Property
  void aLoginPageOfAccessIsAFailureAndAnyOtherRedirectIsAnAnswer(
      @ForAll @LowerChars @StringLength(min = 1, max = 20) String team,
      @ForAll("paths") String path) {
    String access = "https://" + team + ".cloudflareaccess.com";

    assertThat(classify(302, Name.LOCATION, access + path)).isNotNull();
    assertThat(classify(302, Name.LOCATION, access + "." + team + path)).isNull();
    assertThat(classify(302, Name.LOCATION, "https://" + team + "cloudflareaccess.com")).isNull();
    assertThat(classify(302, Name.LOCATION, "https://" + team + ".example/?to=" + access)).isNull();
  }

  @Property
  void anAccessChallengeIsAFailureAndAnyOtherChallengeIsAnAnswer(
      @ForAll("spelledAccess") String scheme, @ForAll @LowerChars String realm) {
    assertThat(classify(401, Name.WWW_AUTHENTICATE, scheme + " realm=\"" + realm + "\""))
        .isNotNull();
    assertThat(classify(401, Name.WWW_AUTHENTICATE, "Bearer realm=\"" + scheme + "\"")).isNull();
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of("", "/", "/cdn-cgi/access/login?kid=1", ":443/", "#x", "/%00", "\\x");
  }

  @Provide
  Arbitrary<String> spelledTextPlain() {
    return Combinators.combine(
            spelled("text/plain"),
            Arbitraries.of("", ";", " ; charset=UTF-8", ";charset=\"a;b\"", "\t", ";text/html"))
        .as(String::concat);
  }

  @Provide
  Arbitrary<String> spelledAccess() {
    return spelled("cloudflare-access");
  }

  private static Arbitrary<String> spelled(String lower) {
    return Arbitraries.of(true, false)
        .list()
        .ofSize(lower.length())
        .map(
            upper -> {
              StringBuilder spelled = new StringBuilder();
              for (int i = 0; i < lower.length(); i++) {
                String letter = lower.substring(i, i + 1);
                spelled.append(upper.get(i) ? letter.toUpperCase(Locale.ROOT) : letter);
              }
              return spelled.toString();
            });
  }
}
