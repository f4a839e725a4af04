package dev.workerclient.benchmarks.page;

import java.util.List;

/** A Markdown table. */
public final class Table {
  private final StringBuilder text = new StringBuilder();

  public Table(String... columns) {
    row(columns);
    text.append("|---".repeat(columns.length)).append("|\n");
  }

  /** Adds a row. */
  public Table row(String... cells) {
    text.append("| ").append(String.join(" | ", List.of(cells))).append(" |\n");
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
