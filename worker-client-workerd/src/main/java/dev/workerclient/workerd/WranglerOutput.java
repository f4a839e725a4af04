package dev.workerclient.workerd;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code wrangler dev} prints on its way to a server that answers. Thread-safe. */
final class WranglerOutput implements ProcessOutput.Reader {
  private static final Pattern COLORS = Pattern.compile("\u001B\\[[0-9;]*m");

  /** Comes when the runtime has taken the Workers: one that throws at its start ends wrangler. */
  private static final Pattern READY = Pattern.compile("Ready on (http://\\S+:([0-9]+))");

  /** After most failures wrangler ends; after this one it waits for a change of the source. */
  private static final String BUILD_FAILED = "Build failed with ";

  /** Names a file in a folder that is deleted with the server. */
  private static final String LOGS = "Logs were written to ";

  private volatile @Nullable String url;
  private volatile int port;
  private volatile boolean failed;

  @Override
  public @Nullable String read(String line) {
    String text = withoutColors(line);
    Matcher ready = READY.matcher(text);
    if (url == null && ready.find()) {
      port = Integer.parseInt(ready.group(2));
      url = ready.group(1);
    }
    failed |= url == null && text.contains(BUILD_FAILED);
    return text.contains(LOGS) ? null : text;
  }

  static String withoutColors(String text) {
    return COLORS.matcher(text).replaceAll("");
  }

  /** Returns whether the start is over, well or not. */
  boolean decided() {
    return url != null || failed;
  }

  @Nullable String url() {
    return url;
  }

  int port() {
    return port;
  }

  /** Says why a process that still runs does not serve. */
  String unready() {
    return failed ? "could not build the Worker" : "was not ready in the time given";
  }
}
