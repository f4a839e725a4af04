package dev.workerclient.internal.classify;

import dev.workerclient.internal.classify.table.CodeTable;
import dev.workerclient.internal.classify.table.KnownError;
import java.io.IOException;
import java.util.Arrays;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the table knows of an answer: text for a person, which changes nothing about what it is.
 *
 * @param cause what it may mean
 * @param fix what to do then
 */
public record Explanation(String cause, String fix) {

  /**
   * Explains an answer, or returns null if the table knows nothing of it.
   *
   * @param proven whether a mark proves that the target itself sent it
   */
  public static @Nullable Explanation of(int status, Headers headers, byte[] body, boolean proven) {
    if (status < 400) {
      return null;
    }
    Finding finding = finding(status, headers, body);
    if (finding instanceof Finding.PassedOn text) {
      return ofText(text.known());
    }
    if (finding instanceof Finding.Hint hint) {
      return ofText(hint.known());
    }
    if (finding instanceof CloudflareError error) {
      KnownError known = CodeTable.ofCode(error.code());
      return new Explanation(
          "it passes on Cloudflare error " + error.code() + ": " + known.meaning(), known.fix());
    }
    KnownError plain =
        mayBeCloudflares(status, headers, proven) ? CodeTable.ofStatus(status) : null;
    return plain == null
        ? null
        : new Explanation("if it comes from Cloudflare instead: " + plain.meaning(), plain.fix());
  }

  /** Its own 500 has a format or a page, and data is an application's. */
  private static boolean mayBeCloudflares(int status, Headers headers, boolean proven) {
    return !proven
        && status != 500
        && "cloudflare".equalsIgnoreCase(headers.get("Server"))
        && !CloudflareFormats.mediaType(headers).endsWith("json");
  }

  private static Explanation ofText(KnownError known) {
    return new Explanation("it is a Workers runtime message: " + known.meaning(), known.fix());
  }

  private static @Nullable Finding finding(int status, Headers headers, byte[] body) {
    try {
      return CloudflareFormats.read(
          status, headers, limit -> Arrays.copyOf(body, Math.min(limit, body.length)));
    } catch (IOException e) {
      throw new AssertionError("bytes in memory can be read", e);
    }
  }
}
