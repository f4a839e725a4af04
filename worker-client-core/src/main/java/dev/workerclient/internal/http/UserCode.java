package dev.workerclient.internal.http;

/** What the application's own code threw within a call: with Kotlin, that may be anything. */
public final class UserCode {
  private UserCode() {}

  /**
   * Returns what was caught, as {@link #ignored}.
   *
   * @throws VirtualMachineError if the JVM itself failed; a StackOverflowError is the code's own
   */
  public static Throwable threw(Throwable caught) {
    if (caught instanceof VirtualMachineError fatal && !(fatal instanceof StackOverflowError)) {
      throw fatal;
    }
    return ignored(caught);
  }

  /** Returns what was caught, having set the interrupt flag again if it was an interrupt. */
  public static Throwable ignored(Throwable caught) {
    if (caught instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return caught;
  }
}
