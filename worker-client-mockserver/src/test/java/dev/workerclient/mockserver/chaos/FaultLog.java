package dev.workerclient.mockserver.chaos;

import dev.workerclient.mockserver.faults.Exchange;
import dev.workerclient.mockserver.faults.FaultyTcpProxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the faulty proxies of each route did to each call, in order. */
final class FaultLog {
  private static final NavigableSet<Long> NONE = Collections.emptyNavigableSet();
  private static final Pattern ID = Pattern.compile("[?&]id=(\\w+)");

  private final Map<String, List<Exchange>> byRouteAndCall = new HashMap<>();
  private final Map<String, NavigableSet<Long>> endedByServer = new HashMap<>();

  FaultLog(Map<FaultyTcpProxy, String> routes) {
    routes.forEach(
        (proxy, route) -> {
          proxy.exchanges().forEach(exchange -> add(route, exchange));
          endedByServer
              .computeIfAbsent(route, name -> new TreeSet<>())
              .addAll(proxy.endedByServer());
        });
  }

  private void add(String route, Exchange exchange) {
    byRouteAndCall.computeIfAbsent(key(route, id(exchange)), k -> new ArrayList<>(1)).add(exchange);
  }

  List<Exchange> of(String route, String id) {
    return byRouteAndCall.getOrDefault(key(route, id), List.of());
  }

  /** Connections that the server ended of its own accord: each may have cost one request. */
  int endedByServer(String route) {
    return endedByServer.getOrDefault(route, NONE).size();
  }

  /** Whether any of them ended in that span of {@link System#nanoTime}. */
  boolean endedByServerIn(String route, long from, long to) {
    return !endedByServer.getOrDefault(route, NONE).subSet(from, true, to, true).isEmpty();
  }

  private static String id(Exchange exchange) {
    Matcher matcher = ID.matcher(exchange.requestLine());
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String key(String route, String id) {
    return route + " " + id;
  }
}
