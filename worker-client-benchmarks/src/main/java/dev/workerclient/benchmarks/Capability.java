package dev.workerclient.benchmarks;

import java.util.List;

/** What all clients fetch. */
public record Capability(
    String name, String provider, boolean enabled, double price, List<Voice> voices) {

  /** One of many, so that a body may be large. */
  public record Voice(int id, String name, String language) {}
}
