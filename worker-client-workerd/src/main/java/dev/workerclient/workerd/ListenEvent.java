package dev.workerclient.workerd;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What workerd reports about a socket that listens: {@code
 * {"event":"listen","socket":"http","port":38527}}.
 */
record ListenEvent(String socket, int port) {
  private static final Pattern LINE =
      Pattern.compile(
          "\\{\"event\":\"listen\",\"socket\":\"(.*)\",\"port\":([1-9][0-9]{0,4})[,}].*");

  /** Reads a line of workerd's output; null for any other line, such as what a Worker logs. */
  static @Nullable ListenEvent parse(String line) {
    Matcher event = LINE.matcher(line);
    return event.matches()
        ? new ListenEvent(unescape(event.group(1)), Integer.parseInt(event.group(2)))
        : null;
  }

  /** Undoes JSON's escapes, which workerd 2026-11-17 writes and 2026-04-26 does not. */
  private static String unescape(String name) {
    try {
      return name.translateEscapes();
    } catch (IllegalArgumentException e) {
      return name;
    }
  }
}
