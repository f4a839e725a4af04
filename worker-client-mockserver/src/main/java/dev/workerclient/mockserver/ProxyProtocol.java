package dev.workerclient.mockserver;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Headers;

/**
 * The binding proxy's protocol as the proxy speaks it. Written apart from the client's half on
 * purpose: a name that is wrong in one of them must not be wrong in both.
 */
final class ProxyProtocol {
  static final String AUTHORIZATION = "Binding-Proxy-Authorization";
  static final String TARGET = "Binding-Proxy-Target";

  private static final String CONTROL_PREFIX = "binding-proxy-";
  private static final String VARY =
      "Binding-Proxy-Authorization, Binding-Proxy-Target, Binding-Proxy-Op, Binding-Proxy-Object";

  private ProxyProtocol() {}

  /** Marks the target's own answer, and takes out of it what a target may not say. */
  static Reply targetAnswered(Reply answer) {
    Headers.Builder headers = new Headers.Builder();
    for (int i = 0; i < answer.headers().size(); i++) {
      String name = answer.headers().name(i);
      if (!name.toLowerCase(Locale.ROOT).startsWith(CONTROL_PREFIX)) {
        headers.addUnsafeNonAscii(name, answer.headers().value(i));
      }
    }
    headers
        .add("Vary", VARY)
        .set("Cache-Control", privately(answer.headers().values("Cache-Control").stream()))
        .add("Binding-Proxy-Version", "1")
        .add("Binding-Proxy-Outcome", "target-answered");
    return new Reply(answer.status(), headers.build(), answer.body(), answer.ending());
  }

  private static String privately(Stream<String> cacheControl) {
    return Stream.concat(
            Stream.of("private"),
            cacheControl
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::trim)
                .filter(directive -> !directive.isEmpty())
                .filter(directive -> !directive.toLowerCase(Locale.ROOT).equals("public"))
                .filter(directive -> !directive.toLowerCase(Locale.ROOT).equals("private")))
        .collect(Collectors.joining(", "));
  }

  /** The headers of an answer that the proxy itself makes. */
  static Headers.Builder problemHeaders(String outcome, String code) {
    return new Headers.Builder()
        .add("Content-Type", "application/problem+json")
        .add("Cache-Control", "private, no-store")
        .add("Vary", VARY)
        .add("Binding-Proxy-Version", "1")
        .add("Binding-Proxy-Outcome", outcome)
        .add("Binding-Proxy-Error", code);
  }
}
