package dev.workerclient.error;

import java.io.Serializable;
import java.util.Objects;

/** The cause of a failure and how to fix it, in sentences for people. Immutable. */
public final class Diagnosis implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String cause;
  private final String fix;
  private final String resend;

  private Diagnosis(String cause, String fix, String resend) {
    this.cause = Objects.requireNonNull(cause, "cause");
    this.fix = Objects.requireNonNull(fix, "fix");
    this.resend = Objects.requireNonNull(resend, "resend");
  }

  /**
   * Returns a diagnosis.
   *
   * @param cause what went wrong
   * @param fix what to do about it
   * @param resend whether it is safe to send the call again, and why; empty if that is not known
   */
  public static Diagnosis of(String cause, String fix, String resend) {
    return new Diagnosis(cause, fix, resend);
  }

  /** Returns what went wrong. */
  public String cause() {
    return cause;
  }

  /** Returns what you can do about it. */
  public String fix() {
    return fix;
  }

  /** Returns whether it is safe to send the call again, and why; empty if that is not known. */
  public String resend() {
    return resend;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Diagnosis that
        && cause.equals(that.cause)
        && fix.equals(that.fix)
        && resend.equals(that.resend);
  }

  @Override
  public int hashCode() {
    return Objects.hash(cause, fix, resend);
  }

  @Override
  public String toString() {
    return "Diagnosis{cause=" + cause + ", fix=" + fix + ", resend=" + resend + "}";
  }
}
