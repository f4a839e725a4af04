package dev.workerclient.mockserver;

import java.util.Map;
import okhttp3.Headers;

/** What Cloudflare's edge answers in place of a Worker. */
enum CloudflareError implements Script {
  /** As text: what an enforced limit sent to a client that had asked for JSON. */
  RATE_LIMITED(429, "text/plain; charset=UTF-8", "error code: 1015", Map.of("Retry-After", "30")),
  WORKERS_DEV_NOT_FOUND(404, "text/plain; charset=UTF-8", "error code: 1042", Map.of()),
  WORKER_THREW(500, "application/json; charset=utf-8", structured1101(), Map.of()),
  ACCESS_LOGIN(
      302,
      "text/html",
      "",
      Map.of(
          "Location",
          "https://example.cloudflareaccess.com/cdn-cgi/access/login/workers.example.com"
              + "?kid=0000000000000000&redirect_url=%2F"));

  private static final String RAY = "8f1c2d3e4f5a6b7c";

  private final int status;
  private final String contentType;
  private final String body;

  @SuppressWarnings("ImmutableEnumChecker") // Map.of is immutable.
  private final Map<String, String> further;

  CloudflareError(int status, String contentType, String body, Map<String, String> further) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.further = further;
  }

  @Override
  public Reply reply(RouteKind route, String service) {
    Headers.Builder headers =
        new Headers.Builder()
            .add("Content-Type", contentType)
            .add("Server", "cloudflare")
            .add("CF-RAY", RAY + "-FRA");
    further.forEach(headers::add);
    return Reply.of(status, headers.build(), body);
  }

  /** The Worker that ran on the proxy's route is the proxy itself; the target may have run too. */
  @Override
  public boolean runsTarget() {
    return this == WORKER_THREW;
  }

  private static String structured1101() {
    return JsonText.object(
        json -> {
          json.writeStringField(
              "type",
              "https://developers.cloudflare.com/support/troubleshooting/http-status-codes/"
                  + "cloudflare-1xxx-errors/error-1101/");
          json.writeStringField("title", "Error 1101: Worker threw exception");
          json.writeNumberField("status", 500);
          json.writeStringField("detail", "The Worker threw an uncaught exception.");
          json.writeStringField("instance", RAY);
          json.writeNumberField("error_code", 1101);
          json.writeStringField("error_name", "worker_threw_exception");
          json.writeStringField("error_category", "worker");
          json.writeStringField("ray_id", RAY);
          json.writeBooleanField("cloudflare_error", true);
          json.writeBooleanField("retryable", false);
          json.writeBooleanField("owner_action_required", true);
        });
  }
}
