package dev.workerclient.error;

import java.util.Objects;

/**
 * What is known about whether the target Worker ran, weakest first.
 *
 * <p>It decides whether a call may be sent again: a call that is not repeatable is sent again only
 * after {@link #NOT_DELIVERED}.
 */
public enum Delivery {
  /** Proven: the target did not run. */
  NOT_DELIVERED,
  /** Not known: the target may have run. */
  UNKNOWN,
  /** Proven: the target ran. */
  DELIVERED;

  /** Returns the stronger of the two, which is what is known about both together. */
  public static Delivery strongest(Delivery first, Delivery second) {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(second, "second");
    return first.compareTo(second) >= 0 ? first : second;
  }
}
