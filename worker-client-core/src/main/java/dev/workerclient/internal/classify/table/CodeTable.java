package dev.workerclient.internal.classify.table;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks rows of the table up. */
public final class CodeTable {
  /** In the id of a text, stands for any text. */
  private static final char ANY = '…';

  private static final Map<Integer, KnownError> CODES =
      Stream.of(EdgeCodes.ROWS, AccessCodes.ROWS, WorkerCodes.ROWS, HttpStatuses.ROWS)
          .flatMap(List::stream)
          .filter(row -> Character.isDigit(row.id().charAt(0)))
          .collect(toUnmodifiableMap(row -> Integer.valueOf(row.id()), identity()));
  private static final Map<String, KnownError> PROXY_CODES =
      ProxyCodes.ROWS.stream().collect(toUnmodifiableMap(KnownError::id, identity()));

  private CodeTable() {}

  /** What is known of one of Cloudflare's codes; {@code any other} for one that is not listed. */
  public static KnownError ofCode(int code) {
    return CODES.getOrDefault(code, WorkerCodes.UNLISTED);
  }

  /** What Cloudflare means by a plain status that it sends itself, or null. */
  public static @Nullable KnownError ofStatus(int status) {
    return status < 1000 ? CODES.get(status) : null;
  }

  /**
   * Returns what is known of a binding proxy code; {@code any other} for one that is not listed.
   */
  public static KnownError ofProxyCode(@Nullable String name) {
    return name == null ? ProxyCodes.UNLISTED : PROXY_CODES.getOrDefault(name, ProxyCodes.UNLISTED);
  }

  /** Whether one of the runtime's texts may begin there. */
  public static boolean mayBeginRuntimeText(String text, int offset) {
    return mayBegin(RuntimeTexts.FAILURES, text, offset)
        || mayBegin(RuntimeTexts.HINTS, text, offset);
  }

  private static boolean mayBegin(List<KnownError> rows, String text, int offset) {
    for (KnownError row : rows) {
      if (mayBegin(row.id(), text, offset)) {
        return true;
      }
    }
    return false;
  }

  /** The text of the runtime that is a failure if a gateway passes it on, or null. */
  public static @Nullable KnownError ofRuntimeFailure(String text) {
    return find(RuntimeTexts.FAILURES, text);
  }

  /** The text of the runtime that an application's own answer may read the same, or null. */
  public static @Nullable KnownError ofRuntimeHint(String text) {
    return find(RuntimeTexts.HINTS, text);
  }

  /** A Worker under wrangler dev threw. */
  public static KnownError thrownInWranglerDev() {
    return WorkerCodes.THROWN_IN_WRANGLER_DEV;
  }

  /** Cloudflare Access asks for a login. */
  public static KnownError access() {
    return AccessCodes.ACCESS;
  }

  /** A challenge that only a browser can pass. */
  public static KnownError challenge() {
    return AccessCodes.CHALLENGE;
  }

  /** The firewall's page "Sorry, you have been blocked". */
  public static KnownError blockPage() {
    return AccessCodes.BLOCK_PAGE;
  }

  /** The whole table, by the titles of its sections in docs/errors.md. */
  public static Map<String, List<KnownError>> sections() {
    Map<String, List<KnownError>> sections = new LinkedHashMap<>();
    sections.put("Workers", WorkerCodes.ROWS);
    sections.put("Access, firewall, rate limits", AccessCodes.ROWS);
    sections.put("Zone, DNS, TLS, rules", EdgeCodes.ROWS);
    sections.put("Plain HTTP statuses from Cloudflare", HttpStatuses.ROWS);
    sections.put("Runtime messages passed on by a gateway", RuntimeTexts.FAILURES);
    sections.put("Runtime messages that stay responses", RuntimeTexts.HINTS);
    sections.put("The binding proxy", ProxyCodes.ROWS);
    sections.put("The network", NetworkErrors.ROWS);
    return sections;
  }

  private static @Nullable KnownError find(List<KnownError> rows, String text) {
    for (KnownError row : rows) {
      if (matches(row.id(), text)) {
        return row;
      }
    }
    return null;
  }

  /** Whether a text of the pattern can begin there, as far as the text goes. */
  private static boolean mayBegin(String pattern, String text, int offset) {
    int wildcard = pattern.indexOf(ANY);
    int literal = wildcard < 0 ? pattern.length() : wildcard;
    return pattern.regionMatches(0, text, offset, Math.min(literal, text.length() - offset));
  }

  /** Whether the whole text is of the pattern, in which "…" stands for any text; in linear time. */
  static boolean matches(String pattern, String text) {
    int wildcard = pattern.indexOf(ANY);
    if (wildcard < 0) {
      return pattern.equals(text);
    }
    if (!text.regionMatches(0, pattern, 0, wildcard)) {
      return false;
    }
    int at = wildcard;
    int from = wildcard + 1;
    for (int next = pattern.indexOf(ANY, from); next >= 0; next = pattern.indexOf(ANY, from)) {
      String piece = pattern.substring(from, next);
      int found = text.indexOf(piece, at);
      if (found < 0) {
        return false;
      }
      at = found + piece.length();
      from = next + 1;
    }
    String last = pattern.substring(from);
    return text.length() - last.length() >= at && text.endsWith(last);
  }
}
