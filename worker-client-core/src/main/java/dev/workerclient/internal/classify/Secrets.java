package dev.workerclient.internal.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that one request carried, told by the names of its headers. A remote that echoes
 * them does not get them into a message. They are read from the headers only when a message is
 * written. Its {@code toString} shows none of them.
 */
public final class Secrets {
  /** Those of a request without credentials. */
  public static final Secrets NONE = new Secrets(Headers.EMPTY);

  private static final String HIDDEN = "(hidden)";

  /** A part of this length is hidden too: a message may quote the start, or be cut within it. */
  private static final int LEAST_PART = 8;

  /** A shorter value would be found in ordinary words. */
  private static final int SHORTEST = 4;

  private static final int RAY_DIGITS = 16;
  private static final int RAY_LENGTH = 20;

  private static final List<String> TELLING =
      List.of("auth", "token", "secret", "key", "cookie", "password", "session", "cf-access-");

  private final Headers sent;

  /** Those that are among the headers of the request. */
  public Secrets(Headers sent) {
    this.sent = sent;
  }

  /** Returns the text with each secret in it, and each longer part of one, hidden. */
  public String hide(String text) {
    return hide(values(), text);
  }

  /**
   * Does the same with a {@code cf-ray}, at no cost if it has the form that Cloudflare gives it.
   */
  public String hideInRay(String ray) {
    return isRay(ray) ? ray : hide(ray);
  }

  /** 16 hexadecimal digits and the code of an airport, such as {@code 8f00aa11bb22cc33-FRA}. */
  private static boolean isRay(String text) {
    boolean ray = text.length() == RAY_LENGTH && text.charAt(RAY_DIGITS) == '-';
    for (int i = 0; ray && i < text.length(); i++) {
      char c = text.charAt(i);
      ray =
          i < RAY_DIGITS
              ? (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')
              : i == RAY_DIGITS || (c >= 'A' && c <= 'Z');
    }
    return ray;
  }

  /** Does the same, or returns null for null. */
  public @Nullable String hideIn(@Nullable String text) {
    return text == null ? null : hide(text);
  }

  static String hide(List<String> secrets, String text) {
    String hidden = text;
    for (String secret : secrets) {
      hidden = hide(hidden, secret);
    }
    return hidden;
  }

  static @Nullable String hideIn(List<String> secrets, @Nullable String text) {
    return text == null ? null : hide(secrets, text);
  }

  /** The secrets themselves; empty if the request carried none. */
  List<String> values() {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      if (isTelling(sent.name(i).toLowerCase(Locale.ROOT))) {
        addParts(values, sent.value(i));
      }
    }
    return values;
  }

  private static boolean isTelling(String name) {
    if (name.equals("idempotency-key")) {
      return false;
    }
    for (String telling : TELLING) {
      if (name.contains(telling)) {
        return true;
      }
    }
    return false;
  }

  /** Adds the secrets in {@code Bearer secret} and {@code a=secret; b=secret}. */
  private static void addParts(List<String> values, String header) {
    for (String part : header.split("[ ;,]+", -1)) {
      if (!part.equals("Bearer") && !part.equals("Basic")) {
        add(values, part);
        add(values, part.substring(part.indexOf('=') + 1));
      }
    }
  }

  private static void add(List<String> values, String part) {
    int end = part.length();
    while (end > 0 && part.charAt(end - 1) == '=') {
      end--; // As base64 ends.
    }
    if (end >= SHORTEST) {
      values.add(part.substring(0, end));
    }
  }

  private static String hide(String text, String secret) {
    int least = Math.min(LEAST_PART, secret.length());
    StringBuilder hidden = null;
    int copied = 0;
    for (int at = 0; at + least <= text.length(); at++) {
      int end = at + least;
      if (!secret.contains(text.substring(at, end))) {
        continue;
      }
      while (end < text.length() && secret.contains(text.substring(at, end + 1))) {
        end++;
      }
      hidden = hidden == null ? new StringBuilder() : hidden;
      hidden.append(text, copied, at).append(HIDDEN);
      copied = end;
      at = end - 1;
    }
    return hidden == null ? text : hidden.append(text, copied, text.length()).toString();
  }

  @Override
  public String toString() {
    return HIDDEN;
  }
}
