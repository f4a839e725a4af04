package dev.workerclient.examples.quickstart;

import dev.workerclient.WorkerResponse;
import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the calls and prints what became of each, in at most 100 columns. */
final class Report {
  private static final int COLUMNS = 100;
  private static final String MARGIN = " ".repeat(6);
  private static final Pattern LABEL = Pattern.compile(" +(?:cause:|fix:|\\d+\\.) +");

  private final Fleet fleet;
  private final PrintStream out;

  Report(Fleet fleet, PrintStream out) {
    this.fleet = fleet;
    this.out = out;
  }

  void print() {
    out.println("worker-client: five calls to " + fleet.description());
    int number = 0;
    for (FiveCalls.Example example : FiveCalls.all()) {
      out.println();
      out.println(++number + ". " + example.title());
      out.println("   " + example.code());
      fleet.note(example.service()).ifPresent(note -> out.println("   (" + note + ")"));
      out.println();
      print(example);
    }
  }

  private void print(FiveCalls.Example example) {
    int before = fleet.executions(example.service());
    try {
      WorkerResponse response = example.request().apply(fleet).execute();
      outcome(example, before, response.attempts(), answer(response));
    } catch (WorkerException e) {
      outcome(example, before, e.attempts(), e.getClass().getSimpleName());
      wrapped(String.valueOf(e.getMessage())).forEach(out::println);
    }
  }

  private void outcome(FiveCalls.Example example, int before, List<Attempt> attempts, String what) {
    AttemptTable.lines(attempts).forEach(out::println);
    int executions = fleet.executions(example.service()) - before;
    out.println();
    out.println("   => " + what + "; target executions: " + executions);
  }

  private static String answer(WorkerResponse response) {
    return "HTTP " + response.status() + " by " + response.route() + ": " + response.string();
  }

  /** The lines of a text, each broken before it becomes too long, below what its label is for. */
  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      Matcher label = LABEL.matcher(line);
      String hanging = MARGIN + " ".repeat(label.lookingAt() ? label.end() : 2);
      StringBuilder current = new StringBuilder(MARGIN);
      for (String word : line.split(" ", -1)) {
        if (current.length() + word.length() > COLUMNS) {
          lines.add(current.toString().stripTrailing());
          current = new StringBuilder(hanging);
        }
        current.append(word).append(' ');
      }
      lines.add(current.toString().stripTrailing());
    }
    return lines;
  }
}
