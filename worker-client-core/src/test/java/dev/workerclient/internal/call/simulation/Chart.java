package dev.workerclient.internal.call.simulation;

import static dev.workerclient.internal.call.simulation.Scenario.BACK;
import static dev.workerclient.internal.call.simulation.Scenario.DEAD;
import static dev.workerclient.internal.call.simulation.Scenario.END;
import static dev.workerclient.internal.call.simulation.Scenario.SLOW;

import java.util.List;

/** Draws docs/simulation.svg: three panels over one time, a line a policy. */
final class Chart {
  private static final int LEFT = 60;
  private static final int SECOND = 4;
  private static final int HEIGHT = 160;
  private static final int FIRST = 70;
  private static final int NEXT = HEIGHT + 50;
  private static final int STEP = 2;
  private static final List<String> STROKES =
      List.of(
          "stroke=\"#c0392b\" stroke-width=\"2\"",
          "stroke=\"#e0a020\" stroke-width=\"2\" stroke-dasharray=\"4 3\"",
          "stroke=\"#1f6fb2\" stroke-width=\"2.5\"");

  private final Simulation simulation;
  private final StringBuilder svg = new StringBuilder();

  private Chart(Simulation simulation) {
    this.simulation = simulation;
  }

  /** What a panel shows of some seconds. */
  @FunctionalInterface
  private interface Value {
    double of(Measurements measured, int from, int to);
  }

  static String svg(Simulation simulation) {
    Chart chart = new Chart(simulation);
    chart.draw();
    return chart.svg.toString();
  }

  private void draw() {
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 920 700" role="img" \
        font-family="sans-serif" font-size="13" fill="#222">
        <title>Load, answered calls and p99 of three policies, while a service dies</title>
        <rect width="920" height="700" fill="#fff"/>
        """);
    legend();
    panel(0, "load: attempts for each call", 5, 1, "×", Measurements::load);
    panel(1, "answered calls", 100, 25, " %", (measured, a, b) -> 100 * measured.success(a, b));
    panel(
        2, "p99 of callers' waiting", 10, 2, " s", (measured, a, b) -> p99(measured, a, b) / 1000);
    svg.append("</svg>\n");
  }

  private static double p99(Measurements measured, int from, int to) {
    return measured.percentile(0.99, from, to);
  }

  private void legend() {
    int x = LEFT;
    for (int i = 0; i < Tables.SHOWN.size(); i++) {
      line(x, 20, x + 30, 20, STROKES.get(i));
      text(x + 38, 24, "start", Tables.SHOWN.get(i).name());
      x += 170;
    }
  }

  private void panel(int number, String title, int most, int tick, String unit, Value value) {
    int top = FIRST + number * NEXT;
    text(LEFT, top - 8, "start", title);
    phase(top, SLOW, DEAD, "#fdf3d8", "slow");
    phase(top, DEAD, BACK, "#e8e8e8", "dead");
    phase(top, BACK, END, "#eef6ee", "back");
    for (int mark = 0; mark <= most; mark += tick) {
      int y = top + HEIGHT - mark * HEIGHT / most;
      line(LEFT, y, LEFT + END * SECOND, y, "stroke=\"#bbb\" stroke-width=\"0.5\"");
      text(LEFT - 6, y + 4, "end", mark + unit);
    }
    for (int second = 0; second <= END; second += 30) {
      text(LEFT + second * SECOND, top + HEIGHT + 16, "middle", second + " s");
    }
    for (int i = 0; i < Tables.SHOWN.size(); i++) {
      Policy policy = Tables.SHOWN.get(i);
      Measurements measured = simulation.of(policy.shownOn(), policy);
      svg.append("<polyline fill=\"none\" ").append(STROKES.get(i)).append(" points=\"");
      for (int from = 0; from < END; from += STEP) {
        double part = Math.min(value.of(measured, from, from + STEP) / most, 1);
        svg.append(from == 0 ? "" : " ")
            .append(LEFT + (from + STEP / 2) * SECOND)
            .append(',')
            .append(Cells.decimal(top + HEIGHT * (1 - part), 1));
      }
      svg.append("\"/>\n");
    }
  }

  private void phase(int top, int from, int to, String fill, String name) {
    svg.append("<rect x=\"").append(LEFT + from * SECOND).append("\" y=\"").append(top);
    svg.append("\" width=\"").append((to - from) * SECOND).append("\" height=\"").append(HEIGHT);
    svg.append("\" fill=\"").append(fill).append("\"/>\n");
    text(LEFT + (from + to) / 2 * SECOND, top - 8, "middle", name);
  }

  private void line(int x1, int y1, int x2, int y2, String stroke) {
    svg.append("<path d=\"M").append(x1).append(' ').append(y1).append('L').append(x2);
    svg.append(' ').append(y2).append("\" ").append(stroke).append("/>\n");
  }

  private void text(int x, int y, String anchor, String text) {
    svg.append("<text x=\"").append(x).append("\" y=\"").append(y).append("\" text-anchor=\"");
    svg.append(anchor).append("\">").append(text).append("</text>\n");
  }
}
