package dev.workerclient;

import dev.workerclient.internal.classify.RemoteText;
import java.util.regex.Pattern;

/** Names of services. */
final class Names {
  /** What wrangler takes as the name of a binding. */
  private static final Pattern BINDING = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]{0,63}");

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
}
