package dev.workerclient.internal.classify;

import dev.workerclient.error.Delivery;
import dev.workerclient.internal.classify.table.KnownError;
import dev.workerclient.internal.classify.table.KnownError.Run;

/** What a response from Cloudflare instead of the Worker proves about delivery, by route. */
final class PlatformDelivery {
  private PlatformDelivery() {}

  /** Adds the delivery of a Cloudflare error. */
  static Failure.Builder add(Failure.Builder failure, Facts facts, KnownError known) {
    Provenance provenance = facts.provenance();
    if (provenance.proxy()) {
      boolean unmarked = facts.headers().get(ProxyProtocol.OUTCOME) == null;
      return unmarked && known.provenOnProxy()
          ? failure.delivery(
              Delivery.NOT_DELIVERED,
              "the response lacks the binding proxy's header, so the proxy did not run")
          : failure.delivery(
              Delivery.UNKNOWN,
              "the target may have run: Cloudflare answered instead of the binding proxy");
    }
    if (provenance.stamp() != null && known.run() == Run.EXCLUDED) {
      return failure.delivery(
          Delivery.NOT_DELIVERED,
          "the response lacks the header of stampedBy(…), so the target did not run");
    }
    if (known.run() == Run.CERTAIN) {
      return failure.delivery(
          Delivery.DELIVERED, "Cloudflare sends this code after the Worker ran");
    }
    return failure.delivery(
        Delivery.UNKNOWN,
        known.run() == Run.EXCLUDED
            ? "the target may have run and passed this response on; declare stampedBy(…) to find"
                + " out"
            : "the target may have run");
  }
}
