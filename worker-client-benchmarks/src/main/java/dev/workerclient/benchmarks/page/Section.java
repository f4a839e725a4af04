package dev.workerclient.benchmarks.page;

import java.util.Map;

/**
 * A part of docs/benchmarks.md.
 *
 * @param text Markdown, from its heading on
 * @param charts SVG by file name
 */
public record Section(String text, Map<String, String> charts) {
  public Section {
    charts = Map.copyOf(charts);
  }

  public Section(String text) {
    this(text, Map.of());
  }
}
