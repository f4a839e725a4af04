package dev.workerclient.internal.classify;

import dev.workerclient.internal.classify.table.CodeTable;
import java.util.List;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The form that needs no body: {@code cf-error-type} has the code, {@code cf-error-origin} the part
 * of Cloudflare that it comes from. A response to HEAD has no other, and a zone's custom error page
 * need not have one.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-error-headers/">Cloudflare
 *     error diagnostic headers</a>
 */
final class DiagnosticHeaders {
  private static final String TYPE = "cf-error-type";
  private static final String ORIGIN = "cf-error-origin";
  private static final int FIRST_CODE = 1000;
  private static final int LAST_CODE = 1999;
  private static final int FIRST_STATUS = 500;

  private DiagnosticHeaders() {}

  /** Returns the error that the headers name, or null if there is none, or more than one. */
  static @Nullable CloudflareError read(Headers headers) {
    String type = headers.get(TYPE);
    if (type == null) {
      return null;
    }
    List<String> all = headers.values(TYPE);
    boolean one = all.stream().allMatch(type::equals);
    int code = CloudflareFormats.code(type, 0, type.length(), 3);
    return one && isError(code) ? CloudflareError.ofCode(code) : null;
  }

  private static boolean isError(int code) {
    return code >= FIRST_CODE
        ? code <= LAST_CODE
        : code >= FIRST_STATUS && CodeTable.ofStatus(code) != null;
  }

  /** Returns the part of Cloudflare that an error comes from, as the end of a sentence. */
  static String origin(Headers headers) {
    String origin = headers.get(ORIGIN);
    return origin == null || origin.isEmpty() ? "" : " from " + RemoteText.clean(origin);
  }
}
