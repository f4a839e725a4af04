package dev.workerclient.internal.http;

/** Checks header names and values before OkHttp sees them: its own complaint prints the value. */
public final class HeaderText {
  private HeaderText() {}

  /**
   * Returns the name.
   *
   * @throws IllegalArgumentException unless it is a token of RFC 9110, 5.6.2
   */
  public static String requireName(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a header needs a name; write header(\"X-Name\", value)");
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!alphanumeric && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        throw new IllegalArgumentException(
            "a header's name may hold letters, digits and !#$%&'*+-.^_`|~ alone; character "
                + i
                + " of this one is another");
      }
    }
    return name;
  }

  /**
   * Returns the value.
   *
   * @throws IllegalArgumentException unless all of it is visible ASCII, space or tab; the message
   *     names the header and does not quote the value
   */
  public static String requireValue(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '\t' && (c < ' ' || c > '~')) {
        throw new IllegalArgumentException(
            "the value of header "
                + name
                + " holds "
                + describe(c)
                + " at index "
                + i
                + "; a value may contain only visible ASCII, so remove line breaks and encode other"
                + " characters");
      }
    }
    return value;
  }

  /**
   * Returns the content type.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static String requireMediaType(String contentType) {
    requireValue("Content-Type", contentType);
    if (Payload.mediaType(contentType) == null) {
      throw new IllegalArgumentException(
          "the content type is not valid; write one such as application/json");
    }
    return contentType;
  }

  private static String describe(char c) {
    return c == '\r' || c == '\n'
        ? "a line break"
        : c < ' ' || c == 0x7f ? "a control character" : "a character beyond ASCII";
  }
}
