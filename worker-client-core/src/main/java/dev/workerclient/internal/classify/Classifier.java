package dev.workerclient.internal.classify;

import dev.workerclient.error.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Tells an answer from a failure. A pure function: the same response gives the same result.
 *
 * <p>Nothing of the body is read unless the status is 400 or more, and then only where the content
 * type is one that Cloudflare's errors come in.
 */
public final class Classifier {
  private Classifier() {}

  /**
   * Returns the failure that the response is, or null where it is the target's answer.
   *
   * @param clock tells the time that a date in {@code Retry-After} is counted from
   * @throws IOException if the body breaks while its start is read
   */
  public static @Nullable Failure classify(
      Provenance provenance, int status, Headers headers, BodyPrefix body, InstantSource clock)
      throws IOException {
    String outcome = provenance.proxy() ? headers.get(ProxyProblem.OUTCOME) : null;
    boolean proven =
        provenance.proxy()
            ? ProxyProblem.TARGET_ANSWERED.equals(outcome)
            : provenance.stamp() != null && headers.get(provenance.stamp()) != null;
    boolean plain =
        status < 400 && !provenance.provesAnswers() && !AccessWall.isRedirect(status, headers);
    if (proven || plain) {
      return null;
    }
    Duration wait = RetryAfter.parse(headers.get("Retry-After"), clock);
    Facts facts = new Facts(provenance, status, headers, wait);
    if (ProxyProblem.isFailure(outcome)) {
      return ProxyProblem.read(facts, outcome, body);
    }
    Failure failure = platformFailure(facts, body);
    if (failure != null) {
      return failure;
    }
    return provenance.provesAnswers() ? unproven(facts) : null;
  }

  private static @Nullable Failure platformFailure(Facts facts, BodyPrefix body)
      throws IOException {
    if (AccessWall.isRedirect(facts.status(), facts.headers())) {
      return AccessWall.failure(facts);
    }
    if (facts.status() < 400) {
      return null;
    }
    if (AccessWall.isDenial(facts.status(), facts.headers())) {
      return AccessWall.failure(facts);
    }
    if ("challenge".equals(facts.headers().get("cf-mitigated"))) {
      return AccessWall.challenge(facts);
    }
    if (facts.status() == 404 && "true".equals(facts.headers().get("x-preview-user-error"))) {
      return cloudflare(facts, CloudflareError.ofCode(1042));
    }
    CloudflareError error = CloudflareFormats.read(facts.headers(), body);
    if (error == null && isBareOriginError(facts)) {
      error = CloudflareError.ofCode(facts.status());
    }
    return error == null ? null : cloudflare(facts, error);
  }

  /** 520 to 527 from Cloudflare itself: no body, or a page of its own rather than data. */
  private static boolean isBareOriginError(Facts facts) {
    return facts.status() >= 520
        && facts.status() <= 527
        && "cloudflare".equals(facts.headers().get("Server"))
        && ("0".equals(facts.headers().get("Content-Length"))
            || switch (CloudflareFormats.mediaType(facts.headers())) {
              case "", "text/html", "text/plain" -> true;
              default -> false;
            });
  }

  private static Failure cloudflare(Facts facts, CloudflareError error) {
    CloudflareCode code = CloudflareCodes.of(error.code());
    Failure.Builder failure =
        facts
            .failure(code.kind(), "Cloudflare error " + error.code(), error)
            .diagnosis(code.cause(), code.fix())
            .helps(code.sameRouteHelps(), code.otherRouteHelps());
    boolean provenOnProxy = CloudflareCodes.NOT_RUN_BEFORE_PROXY.contains(error.code());
    return PlatformDelivery.add(failure, facts.provenance(), code.delivery(), provenOnProxy)
        .build();
  }

  private static Failure unproven(Facts facts) {
    String mark = facts.provenance().proxy() ? ProxyProblem.OUTCOME : facts.provenance().stamp();
    return facts
        .failure(FailureKind.UNPROVEN_RESPONSE, "a response without the header " + mark, null)
        .diagnosis(
            facts.provenance().proxy()
                ? "something else than the binding proxy answers at its address"
                : "something else than the target answers at this domain, or the target does not"
                    + " send the stamp on this response",
            facts.provenance().proxy()
                ? "check the address given to bindingProxy(…), and what stands in front of it"
                : "send the stamp on every response of the target, errors too, or remove"
                    + " stampedBy(…)")
        .delivery(Delivery.UNKNOWN, "the response is not proved to be the target's")
        .helps(false, true)
        .build();
  }
}
