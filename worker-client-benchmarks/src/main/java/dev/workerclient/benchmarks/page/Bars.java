package dev.workerclient.benchmarks.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A chart in SVG: panels side by side, a bar a client in each. */
public final class Bars {
  private static final int NAMES = 250;
  private static final int PANEL = 210;
  private static final int GAP = 20;
  private static final int BAR = 16;
  private static final int STEP = 22;
  private static final int TOP = 56;

  private final String title;
  private final List<String> names;
  private final boolean ratios;
  private final List<Panel> panels = new ArrayList<>();
  private final StringBuilder svg = new StringBuilder();

  private Bars(String title, List<String> names, boolean ratios) {
    this.title = title;
    this.names = List.copyOf(names);
    this.ratios = ratios;
  }

  /** A chart of ratios, with a line at 1. */
  public static Bars ofRatios(String title, List<String> names) {
    return new Bars(title, names, true);
  }

  /** A chart of whole numbers. */
  public static Bars ofNumbers(String title, List<String> names) {
    return new Bars(title, names, false);
  }

  private record Panel(String title, double most, List<Double> values) {}

  /**
   * Adds a panel.
   *
   * @param most what is cut off above
   * @param values one for each name
   */
  public Bars panel(String panelTitle, double most, double... values) {
    panels.add(new Panel(panelTitle, most, Arrays.stream(values).boxed().toList()));
    return this;
  }

  /** Draws it. */
  public String svg() {
    int width = NAMES + panels.size() * (PANEL + GAP);
    int height = TOP + names.size() * STEP + 16;
    svg.setLength(0);
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(width);
    svg.append(' ').append(height).append("\" role=\"img\" font-family=\"sans-serif\"");
    svg.append(" font-size=\"12\" fill=\"#222\">\n<title>").append(title).append("</title>\n");
    svg.append("<rect width=\"").append(width).append("\" height=\"").append(height);
    svg.append("\" fill=\"#fff\"/>\n");
    text(12, 20, "start", title);
    for (int row = 0; row < names.size(); row++) {
      text(NAMES - 8, TOP + row * STEP + 12, "end", names.get(row));
    }
    for (int i = 0; i < panels.size(); i++) {
      draw(panels.get(i), NAMES + i * (PANEL + GAP));
    }
    return svg.append("</svg>\n").toString();
  }

  private void draw(Panel panel, int left) {
    text(left, 44, "start", panel.title());
    for (int row = 0; row < names.size(); row++) {
      double value = panel.values().get(row);
      int top = TOP + row * STEP;
      if (!Double.isNaN(value)) {
        rectangle(left, top, PANEL * Math.min(value / panel.most(), 1), color(names.get(row)));
        text(left + 4, top + 12, "start", ratios ? Numbers.ratio(value) : Numbers.whole(value));
      }
    }
    if (ratios) {
      lineAtOne(panel, left);
    }
  }

  private void lineAtOne(Panel panel, int left) {
    double one = left + PANEL / panel.most();
    svg.append("<path d=\"M").append(decimal(one)).append(' ').append(TOP - 4).append('V');
    svg.append(TOP + names.size() * STEP).append("\" stroke=\"#222\" stroke-dasharray=\"3 3\"/>\n");
  }

  private static String color(String name) {
    if (name.startsWith("worker-client")) {
      return "#8fbfe8";
    }
    return name.startsWith("raw") || name.contains("control") ? "#cfcfcf" : "#f0cfa0";
  }

  private void rectangle(int x, int y, double width, String fill) {
    svg.append("<rect x=\"").append(x).append("\" y=\"").append(y).append("\" width=\"");
    svg.append(decimal(width)).append("\" height=\"").append(BAR).append("\" fill=\"");
    svg.append(fill).append("\"/>\n");
  }

  private void text(int x, int y, String anchor, String text) {
    svg.append("<text x=\"").append(x).append("\" y=\"").append(y).append("\" text-anchor=\"");
    svg.append(anchor).append("\">").append(text).append("</text>\n");
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
