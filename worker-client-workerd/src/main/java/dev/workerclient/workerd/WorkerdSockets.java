package dev.workerclient.workerd;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The sockets that a workerd process listens on, as it reports them. Thread-safe. */
final class WorkerdSockets implements ProcessOutput.Reader {
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();
  private final String awaited;

  /** Takes those that the user waits for, which the messages name. */
  WorkerdSockets(Set<String> awaited) {
    this.awaited = awaited.isEmpty() ? "" : ", awaited were " + new TreeSet<>(awaited);
  }

  @Override
  public @Nullable String read(String line) {
    ListenEvent event = ListenEvent.parse(line);
    if (event == null) {
      return line;
    }
    ports.putIfAbsent(event.socket(), event.port());
    return null;
  }

  /** Returns whether all those sockets listen, or any socket if none is named. */
  boolean listen(Set<String> sockets) {
    return !ports.isEmpty() && ports.keySet().containsAll(sockets);
  }

  @Nullable Integer port(String socket) {
    return ports.get(socket);
  }

  Set<String> names() {
    return new TreeSet<>(ports.keySet());
  }

  /** Says for a start that failed why these are not the sockets that were awaited. */
  String unready() {
    return ports.isEmpty()
        ? "listened on no socket in the time given" + awaited
        : "listened on " + names() + " alone in the time given" + awaited;
  }

  /** Says for a process that ended with that status what the user may have forgotten. */
  String hint(int status) {
    String hint =
        ", as it does if a configuration has no sockets; add sockets = [(name = \"http\","
            + " address = \"127.0.0.1:0\", http = (), service = …)]";
    return (status == 0 && ports.isEmpty() ? hint : "") + awaited;
  }
}
