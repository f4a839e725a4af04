package dev.workerclient.benchmarks;

/** The texts of responses. */
final class Bodies {
  static final String TEXT_1042 = "error code: 1042";

  static final String STRUCTURED_1042 =
      """
      {"type":"https://developers.cloudflare.com/support/troubleshooting/http-status-codes/\
      cloudflare-1xxx-errors/error-1042/",\
      "title":"Error 1042: Worker not available","status":404,\
      "detail":"The Worker at this address is not available.","instance":"8f1c2d3e4f5a6b7c",\
      "error_code":1042,"error_name":"worker_not_available","error_category":"worker",\
      "ray_id":"8f1c2d3e4f5a6b7c","timestamp":"2026-11-01T00:00:00Z","zone":"api.example.com",\
      "cloudflare_error":true,"retryable":false,"owner_action_required":true}""";

  static final String MARKDOWN_1042 =
      """
      ---
      title: "Error 1042: Worker not available"
      status: 404
      error_code: 1042
      error_name: worker_not_available
      error_category: worker
      ray_id: 8f1c2d3e4f5a6b7c
      timestamp: 2026-11-01T00:00:00Z
      zone: api.example.com
      cloudflare_error: true
      retryable: false
      owner_action_required: true
      ---

      # Error 1042: Worker not available

      The Worker at this address is not available. If you own it, look at its routes.
      """;

  private Bodies() {}

  /** A page of 6 KiB with Cloudflare's mark and the code behind a head of 2 KiB. */
  static String html1042() {
    String mark =
        """
        </head><body><div id="cf-wrapper"><div id="cf-error-details"><h1>
        <span class="cf-error-type">Error</span>
        <span class="cf-error-code">1042</span></h1>
        """;
    String style = "<meta name=\"robots\" content=\"noindex, nofollow\"/>\n";
    String line = "<p class=\"cf-line\">The Worker at this address is not available.</p>\n";
    return filled("<!DOCTYPE html>\n<html><head>\n", style, 2 * 1024)
        + filled(mark, line, 4 * 1024 - 20)
        + "</div></div></body></html>\n";
  }

  /** A target's own JSON of exactly so many bytes. */
  static String json(int size) {
    String start = "{\"error\":\"not_found\",\"nearest\":[{\"id\":1000}";
    String items = filled(start, ",{\"id\":1001,\"name\":\"voice\",\"enabled\":true}", size - 32);
    String detail = "],\"detail\":\"";
    return items + detail + "x".repeat(size - items.length() - detail.length() - 2) + "\"}";
  }

  private static String filled(String start, String piece, int size) {
    return start + piece.repeat((size - start.length()) / piece.length());
  }
}
