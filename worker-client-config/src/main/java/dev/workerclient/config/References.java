package dev.workerclient.config;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replaces {@code ${NAME}} by what the caller's lookup or an environment variable says. */
final class References {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^{}]*)}");
  private static final Pattern NAME = Pattern.compile("[^\\s:${}]+");

  private final @Nullable Function<String, @Nullable String> lookup;

  References(@Nullable Function<String, @Nullable String> lookup) {
    this.lookup = lookup;
  }

  /** Whether a name may have another value later. */
  boolean mayChange() {
    return lookup != null;
  }

  /**
   * Returns the text with all references replaced.
   *
   * @throws IllegalArgumentException if one is not defined
   */
  String resolve(String text) {
    String resolved = REFERENCE.matcher(text).replaceAll(found -> quoted(found.group(1)));
    if (REFERENCE.matcher(text).replaceAll("").contains("${")) {
      throw new IllegalArgumentException("has a ${ without its end; write ${NAME}");
    }
    return resolved;
  }

  /**
   * Checks that the text is one reference.
   *
   * @param example a name that fits
   * @throws IllegalArgumentException if it holds anything else, which would be a secret in the file
   */
  static void requireReference(String text, String example) {
    if (!REFERENCE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "may hold a secret; write a reference in its place, such as ${"
              + example
              + "}, and set that environment variable");
    }
  }

  private String quoted(String name) {
    return Matcher.quoteReplacement(value(name));
  }

  private String value(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "has a reference that is not a name alone; write ${NAME}, without a default");
    }
    String value = lookup == null ? null : lookup.apply(name);
    value = value == null ? System.getenv(name) : value;
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "refers to ${" + name + "}, which is not set; set the environment variable " + name);
    }
    return value;
  }
}
