package dev.workerclient.internal.classify.table;

import static dev.workerclient.internal.classify.table.FailureKind.CLOUDFLARE_ERROR;
import static dev.workerclient.internal.classify.table.KnownError.Actor.CALLER;
import static dev.workerclient.internal.classify.table.KnownError.Actor.CLOUDFLARE;
import static dev.workerclient.internal.classify.table.KnownError.Actor.ORIGIN_OWNER;
import static dev.workerclient.internal.classify.table.KnownError.Actor.ZONE_OWNER;
import static dev.workerclient.internal.classify.table.KnownError.Evidence.DOCUMENTED;
import static dev.workerclient.internal.classify.table.KnownError.Evidence.INFERRED;
import static dev.workerclient.internal.classify.table.KnownError.OtherRoute.FAILS_TOO;
import static dev.workerclient.internal.classify.table.KnownError.OtherRoute.HELPS;
import static dev.workerclient.internal.classify.table.KnownError.Run.EXCLUDED;
import static dev.workerclient.internal.classify.table.KnownError.SameRoute.NO;
import static dev.workerclient.internal.classify.table.KnownError.SameRoute.SOON;
import static dev.workerclient.internal.classify.table.KnownError.Scope.PATH;
import static dev.workerclient.internal.classify.table.KnownError.Scope.REQUEST;
import static dev.workerclient.internal.classify.table.KnownError.Scope.ROUTE;
import static dev.workerclient.internal.classify.table.KnownError.row;

import java.util.List;

/**
 * Plain HTTP statuses, as Cloudflare itself sends them: in one of its formats, on its own pages, or
 * bare. If none of these marks is there, the status is the target's own answer, and the row serves
 * a person as what else it may mean.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/support/troubleshooting/http-status-codes/">Cloudflare:
 *     HTTP status codes</a>
 */
final class HttpStatuses {
  private HttpStatuses() {}

  static final List<KnownError> ROWS =
      List.of(
          row(400, CLOUDFLARE_ERROR, 400, DOCUMENTED)
              .run(EXCLUDED)
              .resend(NO, FAILS_TOO)
              .about(REQUEST, CALLER)
              .means(
                  "Cloudflare rejected the request as malformed: the encoding of its URL, or its"
                      + " headers",
                  "correct the request"),
          row(403, CLOUDFLARE_ERROR, 403, DOCUMENTED)
              .run(EXCLUDED)
              .resend(NO, FAILS_TOO)
              .about(ROUTE, CALLER)
              .means(
                  "a firewall or security rule of the zone refused the request; more rarely, the"
                      + " Host header differs from the name in the TLS handshake",
                  "look for the ray ID under Security > Events; let each connection serve one"
                      + " host"),
          row(409, CLOUDFLARE_ERROR, 409, DOCUMENTED)
              .run(EXCLUDED)
              .means(
                  "Cloudflare could not resolve the host (with a code 1001, 1018 or 1023)",
                  "see the code in the body"),
          row(413, CLOUDFLARE_ERROR, 413, DOCUMENTED)
              .run(EXCLUDED)
              .resend(NO, FAILS_TOO)
              .about(REQUEST, CALLER)
              .means(
                  "the request's body is larger than the zone's plan allows (100 MB on the free"
                      + " one)",
                  "send less in one call"),
          row(414, CLOUDFLARE_ERROR, 414, DOCUMENTED)
              .run(EXCLUDED)
              .resend(NO, FAILS_TOO)
              .about(REQUEST, CALLER)
              .means(
                  "the URL is longer than Cloudflare accepts (16 KB)",
                  "move data from the URL to the body"),
          row(421, CLOUDFLARE_ERROR, 421, DOCUMENTED)
              .run(EXCLUDED)
              .resend(NO, FAILS_TOO)
              .about(REQUEST, CALLER)
              .means(
                  "the request was sent on a connection for another host",
                  "let each connection serve one host"),
          row(429, CLOUDFLARE_ERROR, 429, DOCUMENTED)
              .run(EXCLUDED)
              .resend(SOON, HELPS)
              .about(PATH, CALLER)
              .handOn(503)
              .means(
                  "a rate limit stopped the request",
                  "wait as Retry-After says, or call less often"),
          row(431, CLOUDFLARE_ERROR, 431, INFERRED)
              .run(EXCLUDED)
              .resend(NO, FAILS_TOO)
              .about(REQUEST, CALLER)
              .means(
                  "the request's headers are larger than Workers accept (128 KB)",
                  "send smaller headers"),
          row(451, CLOUDFLARE_ERROR, 451, DOCUMENTED)
              .run(EXCLUDED)
              .resend(NO, FAILS_TOO)
              .means("a legal restriction blocks the host", "ask the zone's owner"),
          row(500, CLOUDFLARE_ERROR, 500, DOCUMENTED)
              .resend(SOON, HELPS)
              .about(ROUTE, CLOUDFLARE)
              .means("Cloudflare failed internally", "see Cloudflare's status page"),
          row(502, CLOUDFLARE_ERROR, 502, DOCUMENTED)
              .resend(SOON, HELPS)
              .about(ROUTE, ORIGIN_OWNER)
              .means(
                  "the origin behind Cloudflare answered with a bad gateway, or Cloudflare moves"
                      + " traffic between data centers",
                  "check the origin; if it is healthy, wait a few seconds"),
          row(503, CLOUDFLARE_ERROR, 503, DOCUMENTED)
              .resend(SOON, HELPS)
              .about(ROUTE, CLOUDFLARE)
              .handOn(503)
              .means(
                  "a Cloudflare data center can't be reached",
                  "try again; see Cloudflare's status page"),
          row(504, CLOUDFLARE_ERROR, 504, DOCUMENTED)
              .resend(SOON, HELPS)
              .about(ROUTE, ORIGIN_OWNER)
              .handOn(504)
              .means("the origin did not answer Cloudflare in time", "make the origin faster"),
          row(520, CLOUDFLARE_ERROR, 520, DOCUMENTED)
              .resend(SOON, HELPS)
              .about(ROUTE, ORIGIN_OWNER)
              .means(
                  "the origin sent an empty or invalid response, or headers over 128 KB",
                  "check the origin's logs"),
          row(521, CLOUDFLARE_ERROR, 521, DOCUMENTED)
              .resend(SOON, HELPS)
              .about(ROUTE, ORIGIN_OWNER)
              .means(
                  "the origin refused Cloudflare's connection",
                  "start the origin, and allow Cloudflare's addresses in its firewall"),
          row(522, CLOUDFLARE_ERROR, 522, DOCUMENTED)
              .resend(SOON, HELPS)
              .about(ROUTE, ZONE_OWNER)
              .handOn(504)
              .means(
                  "the origin did not accept Cloudflare's connection in time, the host has a"
                      + " placeholder record and no Worker, or a Worker fetched its own host",
                  "check the Worker's route or custom domain, then the origin's firewall"),
          row(523, CLOUDFLARE_ERROR, 523, DOCUMENTED)
              .resend(SOON, HELPS)
              .about(ROUTE, ORIGIN_OWNER)
              .means("the origin can't be reached", "check the origin's address and network"),
          row(524, CLOUDFLARE_ERROR, 524, DOCUMENTED)
              .resend(SOON, FAILS_TOO)
              .about(ROUTE, ORIGIN_OWNER)
              .handOn(504)
              .means(
                  "the origin accepted the request and sent nothing for two minutes",
                  "respond early and stream, or make it a background job that you poll"),
          row(525, CLOUDFLARE_ERROR, 525, DOCUMENTED)
              .about(ROUTE, ORIGIN_OWNER)
              .means(
                  "the TLS handshake between Cloudflare and the origin failed",
                  "fix the origin's certificate; check that the Worker serves this host"),
          row(526, CLOUDFLARE_ERROR, 526, DOCUMENTED)
              .about(ROUTE, ORIGIN_OWNER)
              .means("the origin's certificate is not valid", "renew the origin's certificate"),
          row(527, CLOUDFLARE_ERROR, 527, INFERRED)
              .about(ROUTE, ORIGIN_OWNER)
              .means("Railgun, a discontinued product, failed", "turn Railgun off"),
          row(530, CLOUDFLARE_ERROR, 530, DOCUMENTED)
              .about(ROUTE, ZONE_OWNER)
              .means(
                  "Cloudflare could not reach the origin; the body does not say why (usually 1016"
                      + " or 1033)",
                  "check the host's DNS record and its tunnel"));
}
