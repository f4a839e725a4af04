package dev.workerclient.internal.classify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The text form: the whole trimmed body is {@code error code: NNNN}, or one of the runtime's texts
 * that a gateway answered with. A text that quotes either is an answer.
 */
final class TextFormat {
  private static final String PREFIX = "error code: ";

  /** Longer than the code's form, and enough to see whether more is worth waiting for. */
  private static final int SHORT = 32;

  private TextFormat() {}

  static @Nullable Finding read(BodyPrefix body) throws IOException {
    byte[] bytes = body.peek(SHORT + 1);
    String start = text(bytes);
    if (start.startsWith(PREFIX) && bytes.length <= SHORT) {
      String line = start.stripTrailing();
      int code = CloudflareFormats.code(line, PREFIX.length(), line.length(), 3);
      return code < 0 ? null : CloudflareError.ofCode(code);
    }
    if (!GatewayText.mayBegin(start)) {
      return null;
    }
    bytes = body.peek(GatewayText.LONGEST + 1);
    return bytes.length > GatewayText.LONGEST ? null : GatewayText.ofBody(text(bytes).strip());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).stripLeading();
  }
}
