package dev.workerclient;

import dev.workerclient.internal.classify.RemoteText;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/** Checks what a user passes: names, times, arrays. */
final class Arguments {
  /** What wrangler takes as the name of a binding. */
  private static final Pattern BINDING = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]{0,63}");

  private static final int LONGEST_OPERATION = 200;
  private static final Duration SHORTEST_TIME = Duration.ofMillis(1);
  private static final Duration LONGEST_TIME = Duration.ofDays(1);

  private Arguments() {}

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
    if (isLongOperation(name) || !RemoteText.clean(name).equals(name)) {
      throw new IllegalArgumentException(
          "the operation was named "
              + quote(name)
              + "; write at most "
              + LONGEST_OPERATION
              + " characters, without line breaks and other invisible ones");
    }
    return name;
  }

  /** Returns whether it is too long for the name of an operation. */
  static boolean isLongOperation(String name) {
    return Objects.requireNonNull(name, "name").length() > LONGEST_OPERATION;
  }

  /**
   * Returns the time.
   *
   * @throws IllegalArgumentException unless it is 1 ms to 1 day
   */
  static Duration requireTime(String setter, Duration time) {
    Objects.requireNonNull(time, "time"); // So its parameter is named everywhere.
    if (time.compareTo(SHORTEST_TIME) < 0 || time.compareTo(LONGEST_TIME) > 0) {
      throw new IllegalArgumentException(
          setter
              + " was given "
              + time
              + "; write a time from 1 ms to 1 day, such as Duration.ofSeconds(3). There is no"
              + " value for \"no limit\"");
    }
    return time;
  }

  /**
   * Checks varargs.
   *
   * @throws NullPointerException with the parameter's name if the array or an element is null
   */
  static void requireNoNull(Object[] values, String parameter) {
    for (Object value : Objects.requireNonNull(values, parameter)) {
      Objects.requireNonNull(value, parameter);
    }
  }
}
