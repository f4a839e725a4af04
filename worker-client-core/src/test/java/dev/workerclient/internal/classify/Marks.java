package dev.workerclient.internal.classify;

import dev.workerclient.internal.classify.Reply.Route;
import java.util.List;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** What a reply's headers prove, by the words of the design alone. */
record Marks(Route route, int status, Headers headers) {
  Marks(Reply reply, Headers headers) {
    this(reply.route(), reply.status(), headers);
  }

  boolean areThere() {
    List<String> outcomes = outcomes();
    return switch (route) {
      case DOMAIN -> false;
      case STAMPED -> headers.get("x-ran") != null;
      case PROXY -> !outcomes.isEmpty() && outcomes.stream().allMatch("target-answered"::equals);
    };
  }

  /** Not the opposite of the above: a proxy's outcomes may contradict each other. */
  boolean areMissing() {
    return switch (route) {
      case DOMAIN -> false;
      case STAMPED -> headers.get("x-ran") == null;
      case PROXY -> !outcomes().contains("target-answered");
    };
  }

  boolean proxyReports() {
    return outcomes().contains("not-dispatched") || outcomes().contains("dispatch-threw");
  }

  /** The proxy's outcomes; none on any other route, whatever it sends. */
  List<String> outcomes() {
    return route == Route.PROXY ? headers.values("Binding-Proxy-Outcome") : List.of();
  }

  List<String> proxyErrors() {
    return headers.values("Binding-Proxy-Error");
  }

  @Nullable String location() {
    return headers.get("Location");
  }
}
