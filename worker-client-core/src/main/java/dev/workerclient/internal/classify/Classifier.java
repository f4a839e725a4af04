package dev.workerclient.internal.classify;

import dev.workerclient.error.Delivery;
import dev.workerclient.internal.classify.table.CodeTable;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.classify.table.KnownError;
import java.io.IOException;
import java.time.InstantSource;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Tells an answer from a failure. A pure function: the same response gives the same result.
 *
 * <p>Nothing of the body is read unless the status is 400 or more, and then only if the content
 * type is one that Cloudflare's errors come in.
 */
public final class Classifier {
  private Classifier() {}

  /**
   * Returns the failure that the response is, or null if it is the target's answer.
   *
   * @param clock tells the time that a date in {@code Retry-After} is counted from
   * @throws IOException if the body breaks while its start is read
   */
  public static @Nullable Failure classify(
      Provenance provenance, int status, Headers headers, BodyPrefix body, InstantSource clock)
      throws IOException {
    boolean plain =
        status < 400 && !provenance.provesAnswers() && !AccessWall.isRedirect(status, headers);
    if (plain) {
      return null;
    }
    String outcome = provenance.proxy() ? ProxyProblem.outcome(headers) : null;
    boolean proven =
        provenance.proxy()
            ? outcome != null && outcome.equals(provenance.outcome())
            : provenance.stamp() != null && headers.get(provenance.stamp()) != null;
    if (proven) {
      return null;
    }
    Facts facts = new Facts(provenance, status, headers, clock);
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
    Finding finding = AccessWall.find(facts.status(), facts.headers());
    if (finding == null && facts.status() >= 400) {
      finding = CloudflareFormats.read(facts.status(), facts.headers(), body);
    }
    if (finding instanceof Finding.Hint) {
      finding = null;
    }
    if (finding == null && BareError.is(facts.status(), facts.headers(), body)) {
      finding = CloudflareError.ofCode(facts.status());
    }
    if (finding != null) {
      return failure(facts, finding);
    }
    String thrown = WranglerDev.thrown(facts.status(), facts.headers(), body);
    return thrown == null ? null : thrownInWranglerDev(facts, thrown);
  }

  private static Failure failure(Facts facts, Finding finding) {
    if (finding instanceof Finding.PassedOn text) {
      return passedOn(facts, text);
    }
    if (finding instanceof Finding.Wall wall) {
      return wall(facts, wall.known());
    }
    return cloudflare(facts, (CloudflareError) finding);
  }

  private static Failure cloudflare(Facts facts, CloudflareError error) {
    KnownError known = CodeTable.ofCode(error.code());
    String what = "Cloudflare error " + error.code() + DiagnosticHeaders.origin(facts.headers());
    return PlatformDelivery.add(facts.failure(known, what, error), facts, known).build();
  }

  private static Failure wall(Facts facts, KnownError known) {
    return PlatformDelivery.add(
            facts.failure(known, "Cloudflare sent its " + known.id()), facts, known)
        .build();
  }

  private static Failure thrownInWranglerDev(Facts facts, String thrown) {
    return facts
        .failure(CodeTable.thrownInWranglerDev(), "wrangler dev reports \"" + thrown + "\"")
        .delivery(Delivery.DELIVERED, "the Worker ran and threw")
        .build();
  }

  private static Failure passedOn(Facts facts, Finding.PassedOn text) {
    String quote = RemoteText.clean(text.text());
    return facts
        .failure(text.known(), "the runtime's \"" + quote + "\", passed on by a gateway")
        .delivery(Delivery.UNKNOWN, "the target may have run: any Worker can send this message")
        .build();
  }

  private static Failure unproven(Facts facts) {
    String mark = facts.provenance().proxy() ? ProxyProtocol.OUTCOME : facts.provenance().stamp();
    return facts
        .failure(FailureKind.UNPROVEN_RESPONSE, "a response without the header " + mark)
        .diagnosis(
            facts.provenance().proxy()
                ? "something other than the binding proxy answers at its address"
                : "something other than the target answers at this domain, or the target did not"
                    + " send this header",
            facts.provenance().proxy()
                ? "check the origin set by bindingProxy(…), and what is in front of it"
                : "let the target send this header on every response, including errors, or remove"
                    + " stampedBy(…)")
        .delivery(Delivery.UNKNOWN, "the target may have run: the response may not be its own")
        .helps(false, true)
        .build();
  }
}
