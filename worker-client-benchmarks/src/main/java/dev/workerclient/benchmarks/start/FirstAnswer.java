package dev.workerclient.benchmarks.start;

import dev.workerclient.benchmarks.client.Contender;
import dev.workerclient.benchmarks.client.StartMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** New JVMs that each make one call, with no more on their class path than the client needs. */
public final class FirstAnswer {
  private final Contender contender;
  private final Closure closure;
  private final String origin;

  public FirstAnswer(Contender contender, Closure closure, String origin) {
    this.contender = contender;
    this.closure = closure;
    this.origin = origin;
  }

  /** Milliseconds from the start of a JVM to its first decoded answer. */
  double millis() throws IOException, InterruptedException {
    long start = System.nanoTime();
    return (run(List.of()) - start) / 1e6;
  }

  /** How many classes a JVM has loaded by its first decoded answer. */
  public int classes() throws IOException, InterruptedException {
    Path log = Files.createTempFile("classes", ".log");
    try {
      long unused = run(List.of("-Xlog:class+load:file=" + log));
      try (Stream<String> lines = Files.lines(log)) {
        return (int) lines.filter(line -> line.contains("source:")).count();
      }
    } finally {
      Files.delete(log);
    }
  }

  private long run(List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", closure.classPath(ownClasses()), StartMain.class.getName()));
    command.addAll(List.of(contender.name(), origin));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      long answered = System.nanoTime();
      if (process.waitFor() != 0 || !"tts".equals(line)) {
        throw new IOException(contender + " brought no answer");
      }
      return answered;
    }
  }

  private static Path ownClasses() {
    try {
      return Path.of(StartMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
