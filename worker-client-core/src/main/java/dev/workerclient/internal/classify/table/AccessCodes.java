package dev.workerclient.internal.classify.table;

import static dev.workerclient.internal.classify.table.FailureKind.ACCESS_DENIED;
import static dev.workerclient.internal.classify.table.FailureKind.RATE_LIMITED;
import static dev.workerclient.internal.classify.table.KnownError.Actor.CALLER;
import static dev.workerclient.internal.classify.table.KnownError.Actor.ZONE_OWNER;
import static dev.workerclient.internal.classify.table.KnownError.Evidence.DOCUMENTED;
import static dev.workerclient.internal.classify.table.KnownError.Evidence.OBSERVED;
import static dev.workerclient.internal.classify.table.KnownError.OtherRoute.HELPS;
import static dev.workerclient.internal.classify.table.KnownError.Run.EXCLUDED;
import static dev.workerclient.internal.classify.table.KnownError.SameRoute.SOON;
import static dev.workerclient.internal.classify.table.KnownError.Scope.PATH;
import static dev.workerclient.internal.classify.table.KnownError.Scope.REQUEST;
import static dev.workerclient.internal.classify.table.KnownError.Scope.ROUTE;
import static dev.workerclient.internal.classify.table.KnownError.row;

import java.util.List;

/**
 * Codes and walls of whoever guards a zone: bans, firewall rules, rate limits, Access, challenges.
 *
 * @see <a href="https://developers.cloudflare.com/cloudflare-one/identity/service-tokens/">Access
 *     service tokens</a>
 * @see <a
 *     href="https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/">Detecting
 *     a challenge</a>
 */
final class AccessCodes {
  private AccessCodes() {}

  static final KnownError ACCESS =
      row("Access login", ACCESS_DENIED, 0, OBSERVED)
          .run(EXCLUDED)
          .about(PATH, CALLER)
          .means(
              "an Access application protects this host, and the call has no service token that its"
                  + " policies accept",
              "create a service token, allow it in a Service Auth policy, and set"
                  + " accessServiceToken(id, secret) on this route");

  static final KnownError CHALLENGE =
      row("challenge page", ACCESS_DENIED, 403, DOCUMENTED)
          .run(EXCLUDED)
          .about(PATH, ZONE_OWNER)
          .means(
              "the zone's bot or security settings challenge this client, and only a browser can"
                  + " pass",
              "exempt this client with a WAF skip rule, and turn Bot Fight Mode off");

  static final KnownError BLOCK_PAGE =
      row("WAF block page", ACCESS_DENIED, 403, DOCUMENTED)
          .run(EXCLUDED)
          .about(PATH, ZONE_OWNER)
          .means(
              "a managed or custom rule of the zone's firewall blocked the request",
              "find the ray id under Security > Events and exempt this client or path");

  static final List<KnownError> ROWS =
      List.of(
          row(1005, ACCESS_DENIED, 403, DOCUMENTED)
              .run(EXCLUDED)
              .means(
                  "the zone's owner bans the network (ASN) that this client calls from",
                  "allow the network in the zone's IP Access Rules"),
          addressBan(1006),
          addressBan(1007),
          addressBan(1008),
          row(1009, ACCESS_DENIED, 403, DOCUMENTED)
              .run(EXCLUDED)
              .means(
                  "the zone's owner bans the country that this client calls from",
                  "allow the country or this client's address in the zone's IP Access Rules"),
          row(1010, ACCESS_DENIED, 403, DOCUMENTED)
              .run(EXCLUDED)
              .about(ROUTE, CALLER)
              .means(
                  "the Browser Integrity Check bans this client's signature, such as its"
                      + " User-Agent",
                  "send a User-Agent that identifies the caller, or turn the check off for this"
                      + " path"),
          row(1011, ACCESS_DENIED, 403, DOCUMENTED)
              .run(EXCLUDED)
              .about(REQUEST, ZONE_OWNER)
              .means(
                  "hotlink protection refused the Referer",
                  "send no Referer, or turn hotlink protection off for this path"),
          row(1012, ACCESS_DENIED, 403, DOCUMENTED)
              .run(EXCLUDED)
              .means(
                  "this client's address was seen in malicious activity",
                  "allow this client's address in the zone's IP Access Rules"),
          row(1015, RATE_LIMITED, 429, DOCUMENTED)
              .run(EXCLUDED)
              .provenOnProxy()
              .resend(SOON, HELPS)
              .about(PATH, CALLER)
              .means(
                  "a rate limiting rule of the zone stopped the request",
                  "wait as Retry-After says, call less often, or exempt this client from the rule"),
          row(1020, ACCESS_DENIED, 403, DOCUMENTED)
              .run(EXCLUDED)
              .provenOnProxy()
              .about(PATH, ZONE_OWNER)
              .means(
                  "a firewall rule of the zone blocked the request",
                  "find the ray id under Security > Events and exempt this client or path"),
          addressBan(1106),
          ACCESS,
          CHALLENGE,
          BLOCK_PAGE);

  private static KnownError addressBan(int code) {
    return row(code, ACCESS_DENIED, 403, DOCUMENTED)
        .run(EXCLUDED)
        .means(
            "the zone's owner bans this client's address",
            "allow this client's address in the zone's IP Access Rules");
  }
}
