package dev.workerclient.internal.call;

import dev.workerclient.internal.http.CallSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of a service ORDERS, without a body. */
public final class CallSpecs {
  private CallSpecs() {}

  /** A GET of {@code /}. */
  public static CallSpec get(boolean repeatable, CallSpec.Limits limits) {
    return of("GET", "/", null, repeatable, limits);
  }

  /** A call of that operation. */
  static CallSpec of(
      String method,
      @Nullable String template,
      @Nullable String name,
      boolean repeatable,
      CallSpec.Limits limits) {
    return new CallSpec(
        "ORDERS",
        method,
        template,
        name,
        false,
        "/",
        null,
        List.of(),
        null,
        null,
        CallSpec.Body.KEPT,
        repeatable,
        limits,
        null);
  }
}
