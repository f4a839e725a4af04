package dev.workerclient.internal.classify.table;

import static dev.workerclient.internal.classify.table.FailureKind.CLOUDFLARE_ERROR;
import static dev.workerclient.internal.classify.table.KnownError.Actor.CALLER;
import static dev.workerclient.internal.classify.table.KnownError.Actor.ORIGIN_OWNER;
import static dev.workerclient.internal.classify.table.KnownError.Actor.ZONE_OWNER;
import static dev.workerclient.internal.classify.table.KnownError.Evidence.DOCUMENTED;
import static dev.workerclient.internal.classify.table.KnownError.Evidence.INFERRED;
import static dev.workerclient.internal.classify.table.KnownError.OtherRoute.FAILS_TOO;
import static dev.workerclient.internal.classify.table.KnownError.OtherRoute.HELPS;
import static dev.workerclient.internal.classify.table.KnownError.Run.EXCLUDED;
import static dev.workerclient.internal.classify.table.KnownError.Run.POSSIBLE;
import static dev.workerclient.internal.classify.table.KnownError.SameRoute.LATER;
import static dev.workerclient.internal.classify.table.KnownError.SameRoute.NO;
import static dev.workerclient.internal.classify.table.KnownError.Scope.PATH;
import static dev.workerclient.internal.classify.table.KnownError.Scope.REQUEST;
import static dev.workerclient.internal.classify.table.KnownError.Scope.ROUTE;
import static dev.workerclient.internal.classify.table.KnownError.row;

import java.util.List;

/**
 * Codes about a zone's configuration: DNS, TLS, rewrites, the way to an origin.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/">Cloudflare
 *     1xxx errors</a>
 * @see <a
 *     href="https://developers.cloudflare.com/fundamentals/reference/error-responses/">categories
 *     and Retry-After values</a>
 */
final class EdgeCodes {
  private EdgeCodes() {}

  static final List<KnownError> ROWS =
      List.of(
          row(1000, CLOUDFLARE_ERROR, 403, DOCUMENTED)
              .run(POSSIBLE)
              .about(ROUTE, ZONE_OWNER)
              .means(
                  "the host's DNS points to a prohibited address, or the request carried two or"
                      + " overlong X-Forwarded-For headers or a CF-Connecting-IP",
                  "don't send these headers from the backend, or fix the DNS record"),
          row(1001, CLOUDFLARE_ERROR, 409, DOCUMENTED)
              .run(EXCLUDED)
              .resend(LATER, HELPS)
              .means(
                  "the host is not an active Cloudflare host name, or its CNAME does not resolve",
                  "fix the DNS record or the zone; a new host needs a few minutes"),
          row(1002, CLOUDFLARE_ERROR, 403, DOCUMENTED)
              .run(POSSIBLE)
              .means("the host's DNS points to a prohibited address", "correct the DNS record"),
          row(1003, CLOUDFLARE_ERROR, 403, DOCUMENTED)
              .run(EXCLUDED)
              .about(ROUTE, CALLER)
              .means("a Cloudflare address was called by its IP", "call the host by its name"),
          row(1004, CLOUDFLARE_ERROR, 0, DOCUMENTED)
              .run(EXCLUDED)
              .resend(LATER, HELPS)
              .handOn(503)
              .means(
                  "the host is not configured to serve web traffic, or its DNS is still"
                      + " propagating",
                  "wait a few minutes after a DNS change, then contact Cloudflare support"),
          row(1013, CLOUDFLARE_ERROR, 409, DOCUMENTED)
              .run(EXCLUDED)
              .about(ROUTE, CALLER)
              .means(
                  "the Host header differs from the name in the TLS handshake",
                  "don't set Host, and let each connection serve one host"),
          row(1014, CLOUDFLARE_ERROR, 403, DOCUMENTED)
              .run(POSSIBLE)
              .resend(LATER, HELPS)
              .means(
                  "a CNAME points to a host of another account, or the host was bound seconds ago",
                  "use Cloudflare for SaaS or correct the CNAME; wait after a new binding"),
          row(1016, CLOUDFLARE_ERROR, 530, DOCUMENTED)
              .run(POSSIBLE)
              .about(ROUTE, ZONE_OWNER)
              .means(
                  "the origin's host name does not resolve",
                  "fix the DNS record that the host or the Worker's own fetch uses"),
          tls(1017),
          row(1018, CLOUDFLARE_ERROR, 409, DOCUMENTED)
              .run(EXCLUDED)
              .resend(LATER, HELPS)
              .means(
                  "the host was not found: the zone was activated a short time ago",
                  "wait a few minutes, then contact Cloudflare support"),
          row(1023, CLOUDFLARE_ERROR, 409, DOCUMENTED)
              .run(EXCLUDED)
              .resend(LATER, HELPS)
              .means("the host was not found: the zone is still propagating", "wait a few minutes"),
          row(1026, CLOUDFLARE_ERROR, 451, DOCUMENTED)
              .run(EXCLUDED)
              .means("a legal restriction blocks the host", "ask the zone's owner"),
          tls(1028),
          tls(1029),
          row(1033, CLOUDFLARE_ERROR, 530, DOCUMENTED)
              .run(POSSIBLE)
              .resend(LATER, HELPS)
              .handOn(503)
              .means("the host's Cloudflare Tunnel has no connector", "start cloudflared"),
          row(1034, CLOUDFLARE_ERROR, 403, DOCUMENTED)
              .run(EXCLUDED)
              .about(ROUTE, CALLER)
              .means(
                  "the edge address that was called may not serve this host",
                  "don't pin Cloudflare addresses, and honor the DNS time to live"),
          row(1035, CLOUDFLARE_ERROR, 0, DOCUMENTED)
              .run(EXCLUDED)
              .about(PATH, ZONE_OWNER)
              .means("a rewrite rule makes an invalid path", "correct the Transform Rule"),
          row(1036, CLOUDFLARE_ERROR, 0, DOCUMENTED)
              .run(EXCLUDED)
              .about(PATH, ZONE_OWNER)
              .means("a rewrite rule makes a URI that is too long", "correct the Transform Rule"),
          row(1037, CLOUDFLARE_ERROR, 0, DOCUMENTED)
              .run(EXCLUDED)
              .about(PATH, ZONE_OWNER)
              .means("a rewrite rule's expression failed", "correct the Transform Rule"),
          row(1038, CLOUDFLARE_ERROR, 0, INFERRED)
              .run(EXCLUDED)
              .resend(NO, FAILS_TOO)
              .about(REQUEST, CALLER)
              .means("the request's headers are too many or too large", "send smaller headers"),
          row(1039, CLOUDFLARE_ERROR, 0, INFERRED)
              .run(EXCLUDED)
              .resend(NO, FAILS_TOO)
              .means("a legal restriction blocks the host", "ask the zone's owner"),
          row(1040, CLOUDFLARE_ERROR, 0, DOCUMENTED)
              .run(EXCLUDED)
              .about(PATH, ZONE_OWNER)
              .means(
                  "a rule changes a header that must not be changed", "correct the Transform Rule"),
          row(1041, CLOUDFLARE_ERROR, 0, DOCUMENTED)
              .run(EXCLUDED)
              .about(PATH, ZONE_OWNER)
              .means("a rule gives a header an invalid value", "correct the Transform Rule"),
          configuration(1043),
          tls(1044),
          row(1045, CLOUDFLARE_ERROR, 0, INFERRED)
              .run(EXCLUDED)
              .about(REQUEST, CALLER)
              .means(
                  "the request uses a feature or protocol that the edge does not support",
                  "send a plain HTTP/1.1 or HTTP/2 request"),
          configuration(1047),
          configuration(1049),
          row(1200, CLOUDFLARE_ERROR, 503, DOCUMENTED)
              .run(POSSIBLE)
              .resend(LATER, HELPS)
              .about(ROUTE, ORIGIN_OWNER)
              .handOn(503)
              .means(
                  "too many requests are queued at the edge for the origin",
                  "make the origin faster"));

  private static KnownError tls(int code) {
    return row(code, CLOUDFLARE_ERROR, 0, INFERRED)
        .run(EXCLUDED)
        .about(ROUTE, CALLER)
        .means(
            "the client's TLS version, cipher or certificate was not accepted",
            "use TLS 1.2 or newer, and the client certificate that the zone requires");
  }

  private static KnownError configuration(int code) {
    return row(code, CLOUDFLARE_ERROR, 0, INFERRED)
        .means(
            "the zone or its origin is configured wrongly",
            "check the zone's configuration; give Cloudflare support the ray ID");
  }
}
