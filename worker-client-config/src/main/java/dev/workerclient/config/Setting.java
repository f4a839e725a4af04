package dev.workerclient.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of a file, as it stands there. What a method refuses is an IllegalArgumentException,
 * whose message does not quote the value.
 *
 * @param place file and line
 * @param key its whole key
 * @param texts the value, or the elements of a list
 */
record Setting(String place, String key, Form form, List<String> texts) {
  private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,8}");
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ns|us|ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})(B|KB|MB|GB|)");

  /** What stands there. */
  enum Form {
    TEXT,
    LIST,
    /** No value, or a mapping without keys. */
    NOTHING,
    /** What YAML makes another text of, such as 1.10, 010 or yes. */
    CHANGED
  }

  /** Returns an exception that says where this stands. */
  RefusedSettingException refused(String reason) {
    return new RefusedSettingException(place, key, reason);
  }

  /** Runs code that may refuse this with an exception that does not know where it stands. */
  void check(Runnable code) {
    try {
      code.run();
    } catch (RefusedSettingException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  Setting resolved(References references) {
    return new Setting(place, key, form, texts.stream().map(references::resolve).toList());
  }

  String text() {
    if (form == Form.CHANGED) {
      throw new IllegalArgumentException(
          "is a number, date or truth value to YAML, which may change it; write it in quotes");
    }
    return raw("one value");
  }

  boolean flag() {
    return switch (raw("true or false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("is neither true nor false; write one of them");
    };
  }

  int number() {
    String text = raw("a number");
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("is not a whole number; write its digits, such as 3");
    }
    return Integer.parseInt(text);
  }

  Duration time() {
    Matcher time = TIME.matcher(raw("a duration").toLowerCase(Locale.ROOT));
    if (!time.matches()) {
      throw new IllegalArgumentException(
          "is not a duration; write a number and its unit, such as 500ms, 3s or 1m");
    }
    long amount = Long.parseLong(time.group(1));
    return switch (Objects.requireNonNull(time.group(2))) {
      case "ns" -> Duration.ofNanos(amount);
      case "us" -> Duration.ofNanos(amount * 1000);
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /** In bytes. */
  long size() {
    Matcher size = SIZE.matcher(raw("a size"));
    if (!size.matches()) {
      throw new IllegalArgumentException(
          "is not a size; write a number and its unit, such as 512KB or 16MB");
    }
    long amount = Long.parseLong(size.group(1));
    return switch (Objects.requireNonNull(size.group(2))) {
      case "KB" -> amount << 10;
      case "MB" -> amount << 20;
      case "GB" -> amount << 30;
      default -> amount;
    };
  }

  List<String> list() {
    return form == Form.LIST
        ? texts
        : Arrays.stream(text().split(",", -1)).map(String::strip).toList();
  }

  private String raw(String what) {
    if (form == Form.LIST) {
      throw new IllegalArgumentException("is a list; write " + what);
    }
    if (form == Form.NOTHING) {
      throw new IllegalArgumentException("has no value; write " + what + ", or remove the key");
    }
    return texts.get(0);
  }
}
