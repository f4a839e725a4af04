package dev.workerclient.internal.classify;

import dev.workerclient.internal.classify.CloudflareCode.Run;
import java.util.Locale;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/**
 * Cloudflare Access and challenge pages: walls in front of a host, which a backend can't climb.
 *
 * @see <a href="https://developers.cloudflare.com/cloudflare-one/identity/service-tokens/">Access
 *     service tokens</a>
 */
final class AccessWall {
  private AccessWall() {}

  static boolean isRedirect(int status, Headers headers) {
    String location = status == 302 ? headers.get("Location") : null;
    HttpUrl target = location == null ? null : HttpUrl.parse(location);
    return target != null && target.host().endsWith(".cloudflareaccess.com");
  }

  static boolean isDenial(int status, Headers headers) {
    if (status != 401 && status != 403) {
      return false;
    }
    return headers.get("cf-access-aud") != null
        || headers.values("www-authenticate").stream()
            .anyMatch(value -> value.toLowerCase(Locale.ROOT).startsWith("cloudflare-access"));
  }

  static Failure failure(Facts facts) {
    return denied(
        facts,
        "Cloudflare Access asks for a login",
        "an Access application protects this host, and the call carries no service token that"
            + " its policies accept",
        "create a service token, allow it in a Service Auth policy, and set"
            + " accessServiceToken(id, secret) on this route");
  }

  static Failure challenge(Facts facts) {
    return denied(
        facts,
        "Cloudflare sent a challenge page",
        "bot or security settings of the zone challenge this client, and only a browser can pass",
        "exempt this client with a WAF skip rule");
  }

  private static Failure denied(Facts facts, String what, String cause, String fix) {
    Failure.Builder failure =
        facts
            .failure(FailureKind.ACCESS_DENIED, what, null)
            .diagnosis(cause, fix)
            .helps(false, true);
    return PlatformDelivery.add(failure, facts.provenance(), Run.EXCLUDED, false).build();
  }
}
