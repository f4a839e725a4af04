package dev.workerclient.internal.health;

import dev.workerclient.internal.call.CallOptions;
import dev.workerclient.internal.call.GuardedRoute;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service as its health is asked.
 *
 * @param healthPath the path that answers 2xx while it is well, or null where none was named
 * @param chain its routes, in order
 * @param options the limits of one request
 */
public record Subject(
    String service, @Nullable String healthPath, List<GuardedRoute> chain, CallOptions options) {

  /** The path that is asked: where none was named, the root, and any answer of it will do. */
  String path() {
    return healthPath == null ? "/" : healthPath;
  }
}
