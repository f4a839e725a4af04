package dev.workerclient.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

/** Where a path leads. Which origins are refused is in BadInputTest. */
class OriginTest {
  private final Origin origin = Origin.parse("customDomain", "https://api.example.com", Set.of());

  @Test
  void aPathIsBelowTheBasePath() {
    Origin gateway = Origin.parse("customDomain", "https://gate.example.com:8443/mom/", Set.of());
    assertThat(gateway.url("/v1/a%2Fb", "q=1"))
        .hasToString("https://gate.example.com:8443/mom/v1/a%2Fb?q=1");
    assertThat(gateway.url("/v1", null)).hasToString("https://gate.example.com:8443/mom/v1");
    assertThat(origin.url("/", null)).hasToString("https://api.example.com/");
  }

  @Test
  void theUrlOfARecentPathIsBuiltOnce() {
    String path = "/v1/orders/" + 7;
    assertThat(origin.url("/v1/orders/" + 7, null)).isSameAs(origin.url(path, null));
    assertThat(origin.url(path, "q=1")).hasToString("https://api.example.com/v1/orders/7?q=1");
    String longPath = "/" + "x".repeat(300);
    assertThat(origin.url(longPath, null)).isNotSameAs(origin.url(longPath, null));
  }

  @Test
  void noMoreThanSomeUrlsAreKept() {
    List<HttpUrl> first = urls();
    List<HttpUrl> again = urls();
    Set<HttpUrl> objects = Collections.newSetFromMap(new IdentityHashMap<>());
    objects.addAll(first);
    objects.addAll(again);

    assertThat(again).isEqualTo(first);
    assertThat(first.get(999)).hasToString("https://api.example.com/orders/999");
    assertThat(objects).hasSizeGreaterThanOrEqualTo(2_000 - 64);
  }

  private List<HttpUrl> urls() {
    return IntStream.range(0, 1_000).mapToObj(i -> origin.url("/orders/" + i, null)).toList();
  }
}
