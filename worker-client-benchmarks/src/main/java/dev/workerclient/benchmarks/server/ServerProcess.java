package dev.workerclient.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** The server's process, as the one that started it sees it. */
public final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final PrintStream in;
  private final int[] ports;

  private ServerProcess(Process process) throws IOException {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.ports = Arrays.stream(read().split(" ", -1)).mapToInt(Integer::parseInt).toArray();
  }

  /**
   * What came to a listener since {@link #reset}.
   *
   * @param wasted requests that brought no answer of use
   */
  public record Seen(int requests, int connections, int peakInFlight, int wasted) {}

  /** Starts a server with so many listeners. */
  public static ServerProcess start(int listeners) {
    try {
      return new ServerProcess(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx512m",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  LoadServer.class.getName(),
                  Integer.toString(listeners))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of a listener. */
  public String url(int listener) {
    return "http://127.0.0.1:" + ports[listener];
  }

  /** Sets how a listener answers from now on. */
  public void behave(int listener, Behaviour behaviour, int delayMillis) {
    behave(listener, behaviour, delayMillis, 100);
  }

  /**
   * Sets how a listener answers some requests from now on; the others are answered as healthy ones.
   * Which ones they are is the same each time.
   */
  public void behave(int listener, Behaviour behaviour, int delayMillis, int percent) {
    tell("behave " + listener + " " + behaviour + " " + delayMillis + " " + percent);
  }

  /** Forgets what came to a listener. */
  public void reset(int listener) {
    tell("reset " + listener);
  }

  /** Closes the connections of a listener. */
  public void drop(int listener) {
    tell("drop " + listener);
  }

  /** What came to a listener. */
  public Seen seen(int listener) {
    return tell("tell " + listener);
  }

  private synchronized Seen tell(String line) {
    in.println(line);
    try {
      String[] numbers = read().split(" ", -1);
      return new Seen(
          Integer.parseInt(numbers[0]),
          Integer.parseInt(numbers[1]),
          Integer.parseInt(numbers[2]),
          Integer.parseInt(numbers[3]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the load server ended");
    }
    return line;
  }

  @Override
  public void close() {
    in.close();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
