package dev.workerclient.internal.classify;

import java.io.IOException;
import okhttp3.Headers;

/**
 * 520 to 527 and 530 from Cloudflare itself, where the status is the code: with no body, or with a
 * page that says nothing more. Data with such a status is the target's own.
 */
final class BareError {
  private BareError() {}

  static boolean is(int status, Headers headers, BodyPrefix body) throws IOException {
    boolean own = (status >= 520 && status <= 527) || status == 530;
    return own
        && "cloudflare".equalsIgnoreCase(headers.get("Server"))
        && (isPage(CloudflareFormats.mediaType(headers)) || isEmpty(headers, body));
  }

  private static boolean isPage(String mediaType) {
    return switch (mediaType) {
      case "", "text/html", "text/plain" -> true;
      default -> false;
    };
  }

  private static boolean isEmpty(Headers headers, BodyPrefix body) throws IOException {
    String length = headers.get("Content-Length");
    return length == null ? body.peek(1).length == 0 : length.equals("0");
  }
}
