package dev.workerclient.internal.classify;

import dev.workerclient.internal.classify.table.CodeTable;
import dev.workerclient.internal.classify.table.KnownError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The runtime's own texts, in the forms in which a gateway's catch block passes them on. */
final class GatewayText {
  /** The longest body or field that is looked at: a text with its stack. */
  static final int LONGEST = 4096;

  /**
   * The error types that the runtime throws these texts as, where String(err) wrote them before.
   */
  private static final List<String> TYPES = List.of("TypeError: ", "Error: ");

  private GatewayText() {}

  /** Whether a body that begins so can be one of the texts. */
  static boolean mayBegin(String start) {
    return CodeTable.mayBeginRuntimeText(withoutType(start), 0);
  }

  /**
   * Finds the message that a whole plain-text body is, as {@code err.message}, {@code String(err)}
   * or {@code err.stack}; null if it is not a runtime message.
   */
  static @Nullable Finding ofBody(String body) {
    String text = withoutStack(body);
    return text == null ? null : find(withoutType(text));
  }

  /**
   * What a field of a JSON error is, or null: as a body, or with a status of 500 or more after "…
   * failed: ". Below, what stands before the text may as well be a search that found nothing.
   */
  static @Nullable Finding ofField(int status, String value) {
    String text = value.length() > LONGEST ? null : withoutStack(value.strip());
    if (text == null) {
      return null;
    }
    Finding finding = find(withoutType(text));
    if (status < 500) {
      return finding;
    }
    for (int at = text.indexOf(": "); finding == null && at >= 0; at = text.indexOf(": ", at + 2)) {
      if (CodeTable.mayBeginRuntimeText(text, at + 2)) {
        finding = find(text.substring(at + 2));
      }
    }
    return finding;
  }

  private static @Nullable Finding find(String text) {
    KnownError failure = CodeTable.ofRuntimeFailure(text);
    if (failure != null) {
      return new Finding.PassedOn(failure, text);
    }
    KnownError hint = CodeTable.ofRuntimeHint(text);
    return hint == null ? null : new Finding.Hint(hint);
  }

  private static String withoutType(String text) {
    for (String type : TYPES) {
      if (text.startsWith(type)) {
        return text.substring(type.length());
      }
    }
    return text;
  }

  /** The first line, if every other is a frame of a stack; otherwise null. */
  private static @Nullable String withoutStack(String text) {
    int line = text.indexOf('\n');
    if (line < 0) {
      return text;
    }
    for (int at = line + 1; at < text.length(); ) {
      int end = text.indexOf('\n', at);
      String frame = text.substring(at, end < 0 ? text.length() : end);
      boolean indented = !frame.isEmpty() && Character.isWhitespace(frame.charAt(0));
      if (!indented || !frame.strip().startsWith("at ")) {
        return null;
      }
      at = end < 0 ? text.length() : end + 1;
    }
    return text.substring(0, line).stripTrailing();
  }
}
