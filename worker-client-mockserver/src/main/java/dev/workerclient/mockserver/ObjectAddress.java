package dev.workerclient.mockserver;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Which Durable Object of a service is meant, in the proxy's form: {@code name:room-1}, {@code
 * id:<64 hex>} or {@code unique}.
 */
record ObjectAddress(String text) {
  static final ObjectAddress UNIQUE = new ObjectAddress("unique");

  private static final String NAME = "name:";
  private static final String ID = "id:";
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

  static ObjectAddress ofName(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a Durable Object's name must not be empty");
    }
    return new ObjectAddress(NAME + name);
  }

  static ObjectAddress ofId(String hex) {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "a Durable Object's id was given as \"" + hex + "\"; write its 64 hex digits");
    }
    return new ObjectAddress(ID + hex.toLowerCase(Locale.ROOT));
  }

  /** Reads the header {@code Binding-Proxy-Object}. */
  static ObjectAddress parse(String header) {
    if (header.startsWith(NAME)) {
      return new ObjectAddress(NAME + decode(header.substring(NAME.length())));
    }
    return new ObjectAddress(header.startsWith(ID) ? header.toLowerCase(Locale.ROOT) : header);
  }

  /** The id that the proxy names in its answer: of one name always the same. */
  String idIn(String service) {
    if (text.startsWith(ID)) {
      return text;
    }
    String seed = equals(UNIQUE) ? UUID.randomUUID().toString() : service + "/" + text;
    return ID + HexFormat.of().formatHex(sha256(seed));
  }

  /** How a test scripts it. */
  String method() {
    if (text.startsWith(NAME)) {
      return "durableObject(\"" + text.substring(NAME.length()) + "\")";
    }
    return text.startsWith(ID)
        ? "durableObjectId(\"" + text.substring(ID.length()) + "\")"
        : "uniqueDurableObject()";
  }

  private static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return encoded;
    }
  }

  private static byte[] sha256(String seed) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
