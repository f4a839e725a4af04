package dev.workerclient.internal.health;

import dev.workerclient.internal.call.GuardedRoute;
import dev.workerclient.internal.http.CallLimits;
import dev.workerclient.internal.http.CallSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service as its health is asked.
 *
 * @param healthPath the path that answers 2xx while it is well, or null where none was named
 * @param chain its routes, in order
 * @param limits the limits of one request
 */
public record Subject(
    String service, @Nullable String healthPath, List<GuardedRoute> chain, CallLimits limits) {

  /** The path that is asked: where none was named, the root, and any answer of it will do. */
  String path() {
    return healthPath == null ? "/" : healthPath;
  }

  /** The GET of it, of that Durable Object as the binding proxy reads it, or of none for null. */
  CallSpec get(@Nullable String object) {
    return CallSpec.get(service, path(), object, limits);
  }
}
