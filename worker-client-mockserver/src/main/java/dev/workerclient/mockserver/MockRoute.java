package dev.workerclient.mockserver;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One way to a service: what it does with calls, and the calls it got. Thread-safe. */
public final class MockRoute {
  private final String service;
  private final RouteKind kind;
  private final List<RecordedRequest> requests = new ArrayList<>();
  private @Nullable Script script;
  private String scriptName = "";
  private int executions;

  MockRoute(String service, RouteKind kind) {
    this.service = service;
    this.kind = kind;
  }

  /** Answers every call from now on, in place of what was scripted before. */
  public void answers(MockAnswer answer) {
    script(answer.script(), answer.toString());
  }

  /**
   * Fails every call from now on, in place of what was scripted before.
   *
   * @throws IllegalArgumentException if the fault can't happen on this route
   */
  public void fails(Fault fault) {
    script(fault.scriptFor(kind), fault.toString());
  }

  /** The requests since the start or the last reset, in order of arrival. A copy. */
  public synchronized List<RecordedRequest> requests() {
    return List.copyOf(requests);
  }

  /** How often the target ran for a call over this route; see {@link Fault} for what counts. */
  public synchronized int executions() {
    return executions;
  }

  private synchronized void script(Script next, String name) {
    script = next;
    scriptName = name;
  }

  /** Records a request that goes no further. */
  synchronized void recordRefused(RecordedRequest request) {
    requests.add(request);
  }

  /** Records the request and returns what to send, or null where nothing is scripted. */
  synchronized @Nullable Reply receive(RecordedRequest request) {
    requests.add(request);
    if (script == null) {
      return null;
    }
    if (script.runsTarget()) {
      executions++;
    }
    return script.reply(kind, service);
  }

  synchronized void reset() {
    requests.clear();
    script = null;
    scriptName = "";
    executions = 0;
  }

  /** The script for a person; empty where there is none. */
  synchronized String description() {
    return script == null ? "" : service + "." + kind.method + "(): " + scriptName;
  }

  @Override
  public String toString() {
    return "MockRoute{" + kind.routeName + " of " + service + "}";
  }
}
