package dev.workerclient.internal.classify;

import com.code_intelligence.jazzer.mutation.annotation.InRange;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.code_intelligence.jazzer.mutation.annotation.ValuePool;
import com.code_intelligence.jazzer.mutation.annotation.WithLength;
import com.code_intelligence.jazzer.mutation.annotation.WithSize;
import java.nio.charset.StandardCharsets;
import java.util.List;
import okhttp3.Headers;

/** Any response on any route, as a fuzzer makes it; OkHttp reads headers as leniently. */
@SuppressWarnings("ArrayRecordComponent") // The fuzzer mutates bytes; nothing compares replies.
record Reply(
    @NotNull Route route,
    @InRange(min = 100, max = 999) int status,
    @NotNull @ValuePool(value = ReplySeeds.CLASS + "#contentTypes", p = 0.5) String contentType,
    @NotNull @WithSize(max = 6) List<@NotNull Field> fields,
    byte @NotNull @WithLength(max = 2000) [] body,
    boolean breaks) {

  enum Route {
    DOMAIN,
    STAMPED,
    PROXY
  }

  enum Name {
    BINDING_PROXY_OUTCOME("Binding-Proxy-Outcome"),
    BINDING_PROXY_ERROR("Binding-Proxy-Error"),
    STAMP("X-Ran"),
    RETRY_AFTER("Retry-After"),
    LOCATION("Location"),
    WWW_AUTHENTICATE("WWW-Authenticate"),
    ACCESS_AUD("CF-Access-Aud"),
    MITIGATED("CF-Mitigated"),
    RAY("CF-Ray"),
    PREVIEW_ERROR("X-Preview-User-Error"),
    SERVER("Server"),
    ERROR_TYPE("CF-Error-Type"),
    ERROR_ORIGIN("CF-Error-Origin"),
    CONTENT_LENGTH("Content-Length");

    final String text;

    Name(String text) {
      this.text = text;
    }
  }

  record Field(@NotNull Name name, @NotNull String value) {}

  static Reply of(Route route, int status, String contentType, String body, Field... fields) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Reply(route, status, contentType, List.of(fields), bytes, false);
  }

  Provenance provenance() {
    return switch (route) {
      case DOMAIN -> Provenance.customDomain(null);
      case STAMPED -> Provenance.customDomain("x-ran");
      case PROXY -> Provenance.BINDING_PROXY;
    };
  }

  Headers headers() {
    Headers.Builder headers = new Headers.Builder();
    if (!contentType.isEmpty()) {
      headers.addUnsafeNonAscii("Content-Type", contentType);
    }
    fields.forEach(field -> headers.addUnsafeNonAscii(field.name.text, field.value));
    return headers.build();
  }

  @Override
  public String toString() {
    String text = new String(body, StandardCharsets.UTF_8);
    String end = breaks ? " (breaks)" : "";
    return Visible.escape(
        String.join(" ", route.name(), "" + status, contentType, "" + fields, text) + end);
  }
}
