package dev.workerclient.mockserver;

import dev.workerclient.RouteKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mocked route to a service, or one endpoint on it: scripts responses and records requests.
 * Thread-safe.
 */
public final class MockRoute {
  static final String BY_FUNCTION = "an answer by function";

  private final RouteKind kind;
  private final String address;
  private final @Nullable Endpoint endpoint;
  private final Map<Endpoint, MockRoute> parts = new LinkedHashMap<>();
  private final List<RecordedRequest> requests = new ArrayList<>();
  private @Nullable Schedule schedule;
  private boolean calledBefore;

  /**
   * @param address how a test names it, as {@code service("A").binding()}
   */
  MockRoute(RouteKind kind, String address) {
    this(kind, address, null);
  }

  private MockRoute(RouteKind kind, String address, @Nullable Endpoint endpoint) {
    this.kind = kind;
    this.address = address;
    this.endpoint = endpoint;
  }

  /**
   * Returns the endpoint of this route for one method and path, the same one each time. Its script
   * takes precedence over the route's, and its requests are recorded on the route too.
   *
   * @param method {@code GET}, in any case
   * @param path without a query, encoded as it is sent; each {@code {slot}} stands for one segment
   * @throws IllegalArgumentException if it is not a method, or no request can have that path
   * @throws IllegalStateException if this is already an endpoint
   */
  public synchronized MockRoute on(String method, String path) {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    if (endpoint != null) {
      throw new IllegalStateException(address + " is one endpoint; write on(…) on the route");
    }
    return parts.computeIfAbsent(
        Endpoint.of(method, path),
        key -> part(key, address + ".on(\"" + method + "\", \"" + path + "\")"));
  }

  private MockRoute part(Endpoint key, String name) {
    MockRoute part = new MockRoute(kind, name, key);
    requests.stream().filter(key::has).forEach(part::record);
    return part;
  }

  /** Answers every request from now on. Replaces the previous script. */
  public Schedule answers(MockAnswer answer) {
    Objects.requireNonNull(answer, "answer");
    return script(Schedule.ofAnswer(kind, request -> answer, answer.toString()));
  }

  /**
   * Answers every request from now on with the result of a function. Replaces the previous script.
   * The function is called concurrently on the server's threads; if it throws, the test fails.
   */
  public Schedule answers(Function<RecordedRequest, MockAnswer> answer) {
    Objects.requireNonNull(answer, "answer");
    return script(Schedule.ofAnswer(kind, answer, BY_FUNCTION));
  }

  /**
   * Fails every request from now on. Replaces the previous script.
   *
   * @throws IllegalArgumentException if the fault can't happen on this route
   */
  public Schedule fails(Fault fault) {
    Objects.requireNonNull(fault, "fault");
    return script(Schedule.ofFault(kind, fault));
  }

  /** Returns the requests since the start or the last reset, in order of arrival. A copy. */
  public synchronized List<RecordedRequest> requests() {
    return List.copyOf(requests);
  }

  /**
   * Returns how often the target ran for requests on this route; see {@link Fault} for what counts.
   */
  public synchronized int executions() {
    return (int) requests.stream().filter(RecordedRequest::executed).count();
  }

  private synchronized Schedule script(Schedule next) {
    schedule = next;
    return next;
  }

  void record(RecordedRequest request) {
    record(request, null);
  }

  /** Of the parts that are scripted, the one that was asked alone has the request. */
  private synchronized void record(RecordedRequest request, @Nullable MockRoute asked) {
    requests.add(request);
    parts.values().stream()
        .filter(part -> part.equals(asked) || (!part.isScripted() && part.has(request)))
        .forEach(part -> part.record(request));
  }

  private boolean has(RecordedRequest request) {
    return endpoint != null && endpoint.has(request);
  }

  /** Whether the request is left unread; it is then recorded. */
  boolean leavesUnread(RecordedRequest request) {
    MockRoute part = scriptedPart(request);
    Schedule scripted = (part == null ? this : part).schedule();
    if (scripted == null || !scripted.takeUnread()) {
      return false;
    }
    record(request, part);
    return true;
  }

  /**
   * Records the request and returns what happens to it.
   *
   * @param otherwise if nothing is scripted, or no more; null for that too
   */
  @Nullable Script receive(RecordedRequest request, @Nullable Script otherwise) {
    MockRoute part = scriptedPart(request);
    Schedule scripted = (part == null ? this : part).schedule();
    Script next = scripted == null ? null : scripted.take();
    Script script = next == null ? otherwise : next;
    boolean runs = script != null && script.runsTarget();
    record(runs ? request.afterExecution() : request, part);
    return script;
  }

  /** What a request would meet that no part has; null if nothing is scripted. */
  @Nullable Script upcoming() {
    Schedule scripted = schedule();
    return scripted == null ? null : scripted.peek();
  }

  private synchronized @Nullable MockRoute scriptedPart(RecordedRequest request) {
    return parts.entrySet().stream()
        .filter(part -> part.getValue().schedule() != null)
        .filter(part -> part.getKey().has(request))
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private synchronized @Nullable Schedule schedule() {
    return schedule;
  }

  /** What identifies the part over both routes; null for the route itself. */
  @Nullable Endpoint endpoint() {
    return endpoint;
  }

  RouteKind kind() {
    return kind;
  }

  boolean isScripted() {
    return schedule() != null;
  }

  /** The route and its parts. */
  synchronized Stream<MockRoute> withParts() {
    return Stream.concat(Stream.of(this), List.copyOf(parts.values()).stream());
  }

  synchronized void reset() {
    parts.values().forEach(MockRoute::reset);
    calledBefore |= !requests.isEmpty();
    requests.clear();
    schedule = null;
  }

  /** Whether requests came before the last reset, and none since. */
  synchronized boolean isCalledNoMore() {
    return calledBefore && requests.isEmpty();
  }

  /** Where it is scripted, and what. */
  String description() {
    return address + ": " + schedule();
  }

  @Override
  public String toString() {
    return "MockRoute{" + address + "}";
  }
}
