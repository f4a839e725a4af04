package dev.workerclient.mockserver;

import dev.workerclient.WorkerClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The services of one mock by name, and what went wrong with their scripts. Thread-safe. */
final class Services {
  /** Kept over a reset, so that a service that a test class holds in a field stays the one. */
  private final Map<String, MockService> byName = new LinkedHashMap<>();

  private final List<RecordedRequest> unexpected = new ArrayList<>();
  private final List<AssertionError> broken = new ArrayList<>();
  private int withoutToken;

  synchronized MockService declare(String name) {
    MockService service = byName.get(name);
    if (service == null) {
      WorkerClient.builder().service(name); // Refuses what no binding can be named.
      service = new MockService(name);
      byName.put(name, service);
    }
    service.declare();
    return service;
  }

  synchronized @Nullable MockService find(String name) {
    return byName.get(name);
  }

  synchronized List<MockService> declared() {
    return byName.values().stream().filter(MockService::isDeclared).toList();
  }

  synchronized void recordUnexpected(RecordedRequest request) {
    unexpected.add(request);
  }

  synchronized List<RecordedRequest> unexpected() {
    return List.copyOf(unexpected);
  }

  /** Notes an answer by function that threw. */
  synchronized void recordBroken(AssertionError error) {
    broken.add(error);
  }

  synchronized List<AssertionError> broken() {
    return List.copyOf(broken);
  }

  /** Counts a request that the proxy refused for its token. */
  synchronized void countWithoutToken() {
    withoutToken++;
  }

  synchronized int withoutToken() {
    return withoutToken;
  }

  /** All that is scripted. */
  synchronized List<String> scripts() {
    return all().flatMap(MockService::scripted).map(MockRoute::description).toList();
  }

  private Stream<MockService> all() {
    return List.copyOf(byName.values()).stream();
  }

  synchronized void reset() {
    byName.values().forEach(MockService::reset);
    unexpected.clear();
    broken.clear();
    withoutToken = 0;
  }
}
