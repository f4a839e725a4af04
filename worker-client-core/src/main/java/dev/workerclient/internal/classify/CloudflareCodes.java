package dev.workerclient.internal.classify;

import static dev.workerclient.internal.classify.CloudflareCode.Run.CERTAIN;
import static dev.workerclient.internal.classify.CloudflareCode.Run.EXCLUDED;
import static dev.workerclient.internal.classify.CloudflareCode.Run.POSSIBLE;
import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;

/**
 * The table of Cloudflare codes. A code that is not in it is a failure too: {@link #UNLISTED}.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/">Cloudflare
 *     1xxx errors</a>
 */
final class CloudflareCodes {
  /**
   * Codes that prove on the binding-proxy route that nothing ran, where the outcome header is
   * missing: the proxy marks each of its answers, so it did not pass these on.
   */
  static final Set<Integer> NOT_RUN_BEFORE_PROXY = Set.of(1015, 1020, 1027, 1042, 1104);

  private static final boolean YES = true;
  private static final boolean NO = false;

  private static final CloudflareCode CLIENT_BANNED =
      new CloudflareCode(
          FailureKind.ACCESS_DENIED,
          EXCLUDED,
          NO,
          YES,
          "the zone's owner bans this client (its address, network, country or signature)",
          "allow this client in the zone's firewall or Browser Integrity Check settings");

  static final CloudflareCode UNLISTED =
      new CloudflareCode(
          FailureKind.CLOUDFLARE_ERROR,
          POSSIBLE,
          NO,
          YES,
          "Cloudflare answered instead of the Worker",
          "look the code up in Cloudflare's documentation; give support the ray id");

  private static final Map<Integer, CloudflareCode> TABLE =
      Map.ofEntries(
          entry(1006, CLIENT_BANNED),
          entry(1007, CLIENT_BANNED),
          entry(1008, CLIENT_BANNED),
          entry(1009, CLIENT_BANNED),
          entry(1010, CLIENT_BANNED),
          entry(1011, CLIENT_BANNED),
          entry(1012, CLIENT_BANNED),
          entry(1106, CLIENT_BANNED),
          entry(
              1015,
              new CloudflareCode(
                  FailureKind.RATE_LIMITED,
                  EXCLUDED,
                  YES,
                  YES,
                  "a rate limiting rule of the zone stopped the request",
                  "wait as Retry-After says, or exempt this client from the rule")),
          entry(
              1020,
              new CloudflareCode(
                  FailureKind.ACCESS_DENIED,
                  EXCLUDED,
                  NO,
                  YES,
                  "a firewall rule of the zone blocked the request",
                  "find the ray id under Security > Events and exempt this client")),
          entry(
              1025,
              new CloudflareCode(
                  FailureKind.WORKER_LIMIT,
                  EXCLUDED,
                  NO,
                  NO,
                  "the account reached the request limit of its Workers plan",
                  "wait for the reset, or move to the paid plan")),
          entry(
              1027,
              new CloudflareCode(
                  FailureKind.WORKER_LIMIT,
                  EXCLUDED,
                  NO,
                  NO,
                  "the account used up the free plan's requests of the day (reset at 00:00 UTC)",
                  "wait for the reset, or move to the paid plan")),
          entry(
              1042,
              new CloudflareCode(
                  FailureKind.ERROR_1042,
                  EXCLUDED,
                  NO,
                  YES,
                  "no Worker answers on this workers.dev host (route off, not deployed, or still"
                      + " spreading), or a Worker fetched one of its own account",
                  "turn the workers.dev route on, give the Worker a custom domain, or call it"
                      + " through the binding proxy")),
          entry(
              1101,
              new CloudflareCode(
                  FailureKind.WORKER_THREW,
                  CERTAIN,
                  NO,
                  NO,
                  "the Worker threw an exception, returned no Response, or would never answer",
                  "read the Worker's logs (wrangler tail) at this ray id and mend its code")),
          entry(
              1102,
              new CloudflareCode(
                  FailureKind.WORKER_LIMIT,
                  POSSIBLE,
                  YES,
                  NO,
                  "the Worker exceeded its CPU time or memory and was ended",
                  "raise limits.cpu_ms, or make the Worker do less in one request")),
          entry(
              1104,
              new CloudflareCode(
                  FailureKind.WORKER_NOT_FOUND,
                  EXCLUDED,
                  YES,
                  YES,
                  "the script that this host needs was not found (deleted, or a fresh deploy is"
                      + " still spreading)",
                  "deploy the Worker, or wait a minute after a deploy")));

  private CloudflareCodes() {}

  static CloudflareCode of(int code) {
    return TABLE.getOrDefault(code, UNLISTED);
  }
}
