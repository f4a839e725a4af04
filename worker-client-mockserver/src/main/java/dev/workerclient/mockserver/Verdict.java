package dev.workerclient.mockserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a test did wrong that its own assertions need not see. */
final class Verdict {
  private final List<String> findings = new ArrayList<>();
  private final List<AssertionError> causes = new ArrayList<>();

  private Verdict() {}

  static Verdict on(Services services, List<String> leaks) {
    Verdict verdict = new Verdict();
    verdict.unexpected(services);
    verdict.broken(services.broken());
    services.declared().forEach(service -> verdict.uncalled(service, services.withoutToken()));
    for (String leak : leaks) {
      verdict.findings.add(
          "the response to "
              + leak
              + " was never closed, which keeps its connection: read it in try (StreamingResponse"
              + " response = …)");
    }
    if (!verdict.findings.isEmpty()) {
      services.declared().forEach(verdict::skipped);
    }
    return verdict;
  }

  /** The scripts of all routes, for a person. */
  static String expectation(Services services) {
    List<String> scripts = services.scripts();
    return scripts.isEmpty() ? "nothing is scripted" : "scripted is " + String.join("; ", scripts);
  }

  /**
   * Ends the test.
   *
   * @throws AssertionError if there is a finding
   */
  void requireNone() {
    if (!findings.isEmpty()) {
      AssertionError error = new AssertionError("MockWorkers: " + String.join("\n", findings));
      causes.forEach(error::addSuppressed);
      throw error;
    }
  }

  private void unexpected(Services services) {
    List<RecordedRequest> requests = services.unexpected();
    if (!requests.isEmpty()) {
      findings.add(
          requests.size()
              + " unexpected request(s), and "
              + expectation(services)
              + ":"
              + requests.stream().map(request -> "\n  " + request).collect(Collectors.joining()));
    }
  }

  /** Names the breakers that a client may have kept open from an earlier test. */
  private void skipped(MockService service) {
    String breakers =
        service.routes().stream()
            .filter(
                route ->
                    route.isCalledNoMore() && route.withParts().anyMatch(MockRoute::isScripted))
            .map(route -> service.name() + "." + route.kind().routeName())
            .distinct()
            .collect(Collectors.joining(" and "));
    if (!breakers.isEmpty()) {
      findings.add(
          "an earlier test had requests there: in a client that lives longer than a test, the"
              + " circuit breaker "
              + breakers
              + " may be open since then; call resetBreakers() on that client before each test");
    }
  }

  private void broken(List<AssertionError> errors) {
    errors.forEach(error -> findings.add(error.getMessage()));
    causes.addAll(errors);
  }

  private void uncalled(MockService service, int withoutToken) {
    if (service.isOptional()) {
      return;
    }
    List<MockRoute> scripted = service.scripted().toList();
    boolean called = service.routes().stream().anyMatch(route -> !route.requests().isEmpty());
    Stream<MockRoute> missed = called ? endpointsMissed(scripted) : scripted.stream();
    String scripts = missed.map(MockRoute::description).collect(Collectors.joining("; "));
    if (!called && scripts.isEmpty() && service.rpc() != null) {
      scripts = "service(\"" + service.name() + "\").rpc(…)";
    }
    if (!scripts.isEmpty()) {
      findings.add(
          "no request came for "
              + scripts
              + ". Make the call, take the script away, or say service(\""
              + service.name()
              + "\").optional()"
              + (withoutToken == 0
                  ? ""
                  : "; "
                      + withoutToken
                      + " request(s) came to the binding proxy without its token: does the"
                      + " application use proxyToken(), and customDomainUrl(name) for a domain?"));
    }
  }

  /** An endpoint that one route has had a request for may stay without on the other. */
  private static Stream<MockRoute> endpointsMissed(List<MockRoute> scripted) {
    return scripted.stream()
        .filter(part -> part.endpoint() != null)
        .filter(
            part ->
                scripted.stream()
                    .filter(other -> Objects.equals(other.endpoint(), part.endpoint()))
                    .allMatch(other -> other.requests().isEmpty()));
  }
}
