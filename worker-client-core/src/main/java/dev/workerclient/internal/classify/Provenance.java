package dev.workerclient.internal.classify;

import org.jspecify.annotations.Nullable;

/**
 * What a route promises about its responses: which mark shows that the target itself answered.
 *
 * @param outcome the outcome that the binding proxy marks answers with; null on other routes
 * @param stamp the header that the target promised to send, or null if it promised none
 */
public record Provenance(@Nullable String outcome, @Nullable String stamp) {
  /** The binding proxy, asked for a target. */
  public static final Provenance BINDING_PROXY =
      new Provenance(ProxyProtocol.TARGET_ANSWERED, null);

  /** The binding proxy, asked for its own report. */
  public static final Provenance PROXY_ITSELF = new Provenance(ProxyProtocol.PROXY_ANSWERED, null);

  /** A custom domain that promised the stamp, or none if {@code stamp} is null. */
  public static Provenance customDomain(@Nullable String stamp) {
    return new Provenance(null, stamp);
  }

  /** Whether the route is the binding proxy, which marks each answer with its outcome. */
  public boolean proxy() {
    return outcome != null;
  }

  /** Whether every answer of the target is proven by a mark, so that one without is a failure. */
  public boolean provesAnswers() {
    return outcome != null || stamp != null;
  }
}
