package dev.workerclient.mockserver;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The binding proxy's protocol as the proxy speaks it. Written apart from the client's half on
 * purpose: a name that is wrong in one of them must not be wrong in both.
 */
final class ProxyProtocol {
  static final String AUTHORIZATION = "Binding-Proxy-Authorization";
  static final String TARGET = "Binding-Proxy-Target";
  static final String OPERATION = "Binding-Proxy-Op";
  static final String OBJECT = "Binding-Proxy-Object";

  private static final String CONTROL_PREFIX = "binding-proxy-";
  private static final Set<String> NOT_PASSED_BACK =
      Set.of(
          "strict-transport-security",
          "clear-site-data",
          "alt-svc",
          "cdn-cache-control",
          "cloudflare-cdn-cache-control",
          "surrogate-control");
  private static final Set<String> HOP_BY_HOP =
      Set.of("connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade");
  private static final String VARY =
      "Binding-Proxy-Authorization, Binding-Proxy-Target, Binding-Proxy-Op, Binding-Proxy-Object";

  private ProxyProtocol() {}

  /** Marks the target's own answer, and takes out of it what a target may not say. */
  static Reply targetAnswered(Reply answer, @Nullable String objectId) {
    Headers.Builder headers = new Headers.Builder();
    for (int i = 0; i < answer.headers().size(); i++) {
      if (mayPassBack(answer.headers().name(i).toLowerCase(Locale.ROOT))) {
        headers.addUnsafeNonAscii(answer.headers().name(i), answer.headers().value(i));
      }
    }
    headers
        .add("Vary", VARY)
        .set("Cache-Control", privately(answer.headers().values("Cache-Control").stream()))
        .add("Binding-Proxy-Version", "1")
        .add("Binding-Proxy-Outcome", "target-answered");
    return answer.withHeaders(named(headers, objectId).build());
  }

  private static boolean mayPassBack(String name) {
    return !NOT_PASSED_BACK.contains(name)
        && !HOP_BY_HOP.contains(name)
        && !name.startsWith(CONTROL_PREFIX)
        && !name.startsWith("access-control-");
  }

  private static Headers.Builder named(Headers.Builder headers, @Nullable String objectId) {
    return objectId == null ? headers : headers.add(OBJECT, objectId);
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

  /** The headers of a problem that the proxy tells. */
  static Headers.Builder problemHeaders(String outcome, String code, @Nullable String objectId) {
    return named(ownHeaders("application/problem+json", outcome), objectId)
        .add("Binding-Proxy-Error", code);
  }

  static Headers diagnoseHeaders() {
    return ownHeaders("application/json", "proxy-answered").build();
  }

  /** The headers of the 101 of an RPC session, with the limits of a proxy that sets none. */
  static Headers sessionHeaders(@Nullable String objectId) {
    return named(ownHeaders("target-answered"), objectId)
        .add(
            "Binding-Proxy-Session",
            "calls-in-flight=64; exports=1024; message-characters=1048576;"
                + " argument-characters=4194304")
        .build();
  }

  private static Headers.Builder ownHeaders(String contentType, String outcome) {
    return ownHeaders(outcome).add("Content-Type", contentType);
  }

  private static Headers.Builder ownHeaders(String outcome) {
    return new Headers.Builder()
        .add("Cache-Control", "private, no-store")
        .add("Vary", VARY)
        .add("Binding-Proxy-Version", "1")
        .add("Binding-Proxy-Outcome", outcome);
  }
}
