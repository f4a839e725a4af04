package dev.workerclient.rpc;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the binding proxy lets one session use at the same time, as its 101 says.
 *
 * @param callsInFlight calls that were sent and have not ended
 * @param exports results and objects that were not released
 * @param messageCharacters of one message
 * @param argumentCharacters of the calls in flight together
 */
record SessionLimits(
    int callsInFlight, int exports, int messageCharacters, int argumentCharacters) {
  /** The response header: {@code calls-in-flight=64; exports=1024}. */
  static final String HEADER = "Binding-Proxy-Session";

  /** Reads the header; what it does not say is as in a proxy with the default limits. */
  static SessionLimits of(@Nullable String header) {
    Map<String, Integer> said = new HashMap<>();
    for (String member : header == null ? new String[0] : header.split(";", -1)) {
      String[] parts = member.trim().split("=", 2);
      if (parts.length == 2 && parts[1].matches("[1-9]\\d{0,8}")) {
        said.put(parts[0], Integer.valueOf(parts[1]));
      }
    }
    return new SessionLimits(
        said.getOrDefault("calls-in-flight", 64),
        said.getOrDefault("exports", 1024),
        said.getOrDefault("message-characters", 1 << 20),
        said.getOrDefault("argument-characters", 4 << 20));
  }
}
