package dev.workerclient.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

/** Where a path leads. Which origins are refused is in BadInputTest. */
class OriginTest {
  private final Origin origin = Origin.parse("customDomain", "https://api.example.com", Set.of());

  @Test
  void aPathIsBelowTheBasePath() {
    Origin gateway = Origin.parse("customDomain", "https://gate.example.com:8443/mom/", Set.of());
    assertThat(gateway.resolve("/v1/a%2Fb", "q=1"))
        .hasToString("https://gate.example.com:8443/mom/v1/a%2Fb?q=1");
    assertThat(gateway.resolveCommon("/v1")).hasToString("https://gate.example.com:8443/mom/v1");
    assertThat(origin.resolve("/", null)).hasToString("https://api.example.com/");
  }

  @Test
  void theUrlOfAPathThatCallsHaveInCommonIsBuiltOnce() {
    assertThat(origin.resolveCommon("/v1/orders")).isSameAs(origin.resolveCommon("/v1/orders"));
  }

  @Test
  void noMoreThanSomeUrlsAreKept() {
    HttpUrl first = origin.resolveCommon("/orders/0");
    for (int i = 0; i < 100; i++) {
      assertThat(origin.resolveCommon("/orders/" + i).encodedPath()).isEqualTo("/orders/" + i);
    }
    assertThat(origin.resolveCommon("/orders/0")).isEqualTo(first).isNotSameAs(first);
  }
}
