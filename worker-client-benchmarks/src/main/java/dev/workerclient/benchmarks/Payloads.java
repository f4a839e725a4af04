package dev.workerclient.benchmarks;

import java.util.Collections;

/** The JSON of a {@link Capability}. */
public final class Payloads {
  private static final String VOICE = "{\"id\":1001,\"name\":\"voice\",\"language\":\"en-GB\"}";

  private Payloads() {}

  /** One of exactly so many bytes, which must be 100 or more. */
  public static String json(int size) {
    String start = "{\"name\":\"tts\",\"enabled\":true,\"price\":0.25,\"voices\":[";
    String middle = "],\"provider\":\"";
    int room = size - start.length() - middle.length() - 2 - 10;
    int voices = Math.max(0, room / (VOICE.length() + 1));
    String json = start + String.join(",", Collections.nCopies(voices, VOICE)) + middle;
    return json + "p".repeat(size - json.length() - 2) + "\"}";
  }
}
