package dev.workerclient.mockserver;

import dev.workerclient.WorkerClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The services of one mock by name, and the requests that no script was there for. Thread-safe. */
final class Services {
  /** Kept over a reset, so that a service that a test class holds in a field stays the one. */
  private final Map<String, MockService> byName = new LinkedHashMap<>();

  private final Set<String> declared = new LinkedHashSet<>();
  private final List<RecordedRequest> unexpected = new ArrayList<>();

  synchronized MockService declare(String name) {
    MockService service = byName.get(name);
    if (service == null) {
      WorkerClient.builder().service(name); // Refuses what no binding can be named.
      service = new MockService(name);
      byName.put(name, service);
    }
    declared.add(name);
    return service;
  }

  synchronized @Nullable MockService find(String name) {
    return byName.get(name);
  }

  synchronized List<MockService> declared() {
    return declared.stream().map(byName::get).toList();
  }

  synchronized void recordUnexpected(RecordedRequest request) {
    unexpected.add(request);
  }

  synchronized List<RecordedRequest> unexpected() {
    return List.copyOf(unexpected);
  }

  /** What was expected in place of a request that came. */
  synchronized String expectation() {
    String scripts =
        byName.values().stream()
            .flatMap(MockService::descriptions)
            .collect(Collectors.joining("; "));
    return scripts.isEmpty() ? "nothing is scripted" : "scripted is " + scripts;
  }

  synchronized void reset() {
    byName.values().forEach(MockService::reset);
    declared.clear();
    unexpected.clear();
  }

  void requireNoneUnexpected() {
    List<RecordedRequest> requests = unexpected();
    if (!requests.isEmpty()) {
      throw new AssertionError(
          "MockWorkers got "
              + requests.size()
              + " unexpected request(s), and "
              + expectation()
              + ":"
              + requests.stream().map(request -> "\n  " + request).collect(Collectors.joining()));
    }
  }
}
