package dev.workerclient.internal.classify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What {@code wrangler dev} answers in the place of a Worker that threw: the stack as text, or a
 * page if {@code Accept} takes HTML or any type. It sets {@code Date}, which it does not on answers
 * of a Worker, and is not behind Cloudflare's edge. Measured with wrangler 4.86 and 4.164.
 */
final class WranglerDev {
  private static final String FRAME = "\n    at ";
  private static final String TITLE = "<h1 id=\"error-title\">An error has occurred</h1>";
  private static final String DOCS = "href=\"https://developers.cloudflare.com/workers/\"";
  private static final String NAME = "<h4 id=\"error-name\">";

  private WranglerDev() {}

  /** Returns what was thrown, in one line, or null if the response is not such an answer. */
  static @Nullable String thrown(int status, Headers headers, BodyPrefix body) throws IOException {
    boolean local =
        headers.get("Date") != null
            && headers.get("Server") == null
            && headers.get("cf-ray") == null;
    if (status != 500 || !local) {
      return null;
    }
    return switch (CloudflareFormats.mediaType(headers)) {
      case "text/plain" -> ofStack(text(body.peek(GatewayText.LONGEST)));
      case "text/html" -> ofPage(text(body.peek(BodyPrefix.LIMIT)));
      default -> null;
    };
  }

  /** The lines before the frames, of which one is in a file of this machine. */
  private static @Nullable String ofStack(String text) {
    int frames = text.indexOf(FRAME);
    if (frames < 0 || text.indexOf("file://", frames) < 0) {
      return null;
    }
    boolean whole = text.substring(frames + 1).lines().allMatch(line -> line.startsWith("    at "));
    return whole ? RemoteText.clean(text.substring(0, frames)) : null;
  }

  private static @Nullable String ofPage(String html) {
    if (!html.contains(TITLE) || !html.contains(DOCS)) {
      return null;
    }
    int name = html.indexOf(NAME) + NAME.length();
    int end = html.indexOf('<', name);
    return name < NAME.length() || end < 0 ? "" : RemoteText.clean(html.substring(name, end));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
