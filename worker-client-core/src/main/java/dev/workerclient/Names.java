package dev.workerclient;

import dev.workerclient.internal.classify.RemoteText;
import java.util.Objects;
import java.util.regex.Pattern;

/** Names of services and operations. */
final class Names {
  /** What wrangler takes as the name of a binding. */
  private static final Pattern BINDING = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]{0,63}");

  private static final int LONGEST_OPERATION = 200;

  private Names() {}

  static String requireBinding(String name) {
    if (!BINDING.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a service was named "
              + quote(name)
              + "; write its binding's name: a letter, _ or $, then up to 63 letters, digits, _"
              + " and $");
    }
    return name;
  }

  static String quote(String name) {
    return '"' + RemoteText.clean(name) + '"';
  }

  /**
   * Returns the name of an operation.
   *
   * @throws IllegalArgumentException if it can't stand in one line of a message or a log
   */
  static String requireOperation(String name) {
    if (Objects.requireNonNull(name, "name").isBlank()) {
      throw new IllegalArgumentException(
          "the operation's name is blank; write one such as getCapability");
    }
    if (name.length() > LONGEST_OPERATION || !RemoteText.clean(name).equals(name)) {
      throw new IllegalArgumentException(
          "the operation was named "
              + quote(name)
              + "; write at most "
              + LONGEST_OPERATION
              + " characters, without line breaks and other invisible ones");
    }
    return name;
  }
}
