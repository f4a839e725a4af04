package dev.workerclient.internal.route;

import java.util.function.Supplier;

/**
 * A secret that is read for each attempt, trimmed, and checked before it reaches OkHttp, whose own
 * complaint would print it. Its {@code toString} shows nothing of it.
 */
public final class Credential {
  private final String label;
  private final Supplier<String> supplier;
  private final boolean fixed;

  private Credential(String label, Supplier<String> supplier, boolean fixed) {
    this.label = label;
    this.supplier = supplier;
    this.fixed = fixed;
  }

  /**
   * A secret that stays the same.
   *
   * @throws IllegalArgumentException unless it is visible ASCII
   */
  public static Credential ofValue(String label, String value) {
    Credential credential = new Credential(label, () -> value, true);
    try {
      credential.read();
    } catch (CredentialException e) {
      throw new IllegalArgumentException(e.reason(), e);
    }
    return credential;
  }

  /** A secret that may change. */
  public static Credential ofSupplier(String label, Supplier<String> supplier) {
    return new Credential(label, supplier, false);
  }

  boolean mayChange() {
    return !fixed;
  }

  String read() throws CredentialException {
    String value;
    try {
      value = supplier.get();
    } catch (Exception e) { // Kotlin throws checked ones too.
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new CredentialException(label, e);
    }
    if (value == null || value.isBlank()) {
      throw new CredentialException(label + " is empty; supply the value, or leave it out");
    }
    String trimmed = value.trim();
    for (int i = 0; i < trimmed.length(); i++) {
      if (trimmed.charAt(i) <= ' ' || trimmed.charAt(i) > '~') {
        throw new CredentialException(
            label
                + " holds a character that is not visible ASCII, at index "
                + i
                + "; supply the value alone, without line breaks");
      }
    }
    return trimmed;
  }

  @Override
  public String toString() {
    return label + " (hidden)";
  }
}
