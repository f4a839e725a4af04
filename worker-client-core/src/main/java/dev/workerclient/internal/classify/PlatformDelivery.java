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
              "the binding proxy marks each of its answers, and this one has no mark")
          : failure.delivery(Delivery.UNKNOWN, "Cloudflare answered in place of the binding proxy");
    }
    if (provenance.stamp() != null && known.run() == Run.EXCLUDED) {
      return failure.delivery(
          Delivery.NOT_DELIVERED, "the stamp that the target promised is not there");
    }
    if (known.run() == Run.CERTAIN) {
      return failure.delivery(Delivery.DELIVERED, "this code is sent after the Worker ran");
    }
    return failure.delivery(
        Delivery.UNKNOWN,
        known.run() == Run.EXCLUDED
            ? "the Worker may have passed this answer on; declare stampedBy(…) to tell"
            : "the Worker may have run");
  }
}
