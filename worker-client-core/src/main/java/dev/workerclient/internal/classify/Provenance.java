package dev.workerclient.internal.classify;

import org.jspecify.annotations.Nullable;

/**
 * What a route promises about its responses: which mark shows that the target itself answered.
 *
 * @param proxy whether the route is the binding proxy, which marks each answer with its outcome
 * @param stamp the header that the target promised to send, or null where it promised none
 */
public record Provenance(boolean proxy, @Nullable String stamp) {
  /** The binding proxy. */
  public static final Provenance BINDING_PROXY = new Provenance(true, null);

  /** A custom domain that promised the stamp, or none where {@code stamp} is null. */
  public static Provenance customDomain(@Nullable String stamp) {
    return new Provenance(false, stamp);
  }

  /** Whether every answer of the target is proven by a mark, so that one without is a failure. */
  public boolean provesAnswers() {
    return proxy || stamp != null;
  }
}
