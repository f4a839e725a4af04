package dev.workerclient.mockserver;

import dev.workerclient.RouteKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code diagnose} as a proxy does that holds the bindings a test scripted, and knows no
 * health path of theirs. Asks no target, and uses up no step of a schedule.
 */
final class DiagnoseReply {
  private static final String OPERATION = "diagnose";
  private static final String OF_BINDINGS_ALONE = "diagnose;bindings";

  private DiagnoseReply() {}

  static boolean isFor(RecordedRequest request) {
    String operation = request.header(ProxyProtocol.OPERATION);
    return request.kind() == RouteKind.BINDING_PROXY
        && (OPERATION.equals(operation) || OF_BINDINGS_ALONE.equals(operation));
  }

  static Reply of(Services services, RecordedRequest request) {
    List<MockService> bindings =
        services.declared().stream().filter(MockService::hasBinding).toList();
    for (MockService service : bindings) {
      Script script = service.upcomingOnBinding();
      if (isMeant(service, request) && script != null && speaksForTheProxy(script)) {
        return script.reply(request);
      }
    }
    List<MockService> told =
        bindings.stream()
            .filter(service -> isMeant(service, request))
            .filter(service -> !isHidden(service))
            .toList();
    return told.isEmpty() && !request.service().isEmpty()
        ? refusal(services.find(request.service())).reply(request)
        : Reply.of(200, ProxyProtocol.diagnoseHeaders(), body(told, isOfBindingsAlone(request)));
  }

  private static boolean isOfBindingsAlone(RecordedRequest request) {
    return OF_BINDINGS_ALONE.equals(request.header(ProxyProtocol.OPERATION));
  }

  private static boolean isMeant(MockService service, RecordedRequest request) {
    return request.service().isEmpty() || request.service().equals(service.name());
  }

  /** What the proxy, or the edge before it, would answer whichever binding is meant. */
  private static boolean speaksForTheProxy(Script script) {
    return script.undelayed() instanceof EdgeAnswer
        || script.undelayed() == ProxyProblem.UNAUTHORIZED
        || script.undelayed() == ProxyProblem.PROXY_MISCONFIGURED;
  }

  /** Whether the proxy keeps it from this token, or does not list it at all. */
  private static boolean isHidden(MockService service) {
    ProxyProblem problem = problem(service);
    return problem == ProxyProblem.FORBIDDEN || problem == ProxyProblem.BINDING_NOT_ALLOWED;
  }

  private static ProxyProblem refusal(@Nullable MockService service) {
    return service != null && problem(service) == ProxyProblem.FORBIDDEN
        ? ProxyProblem.FORBIDDEN
        : ProxyProblem.BINDING_NOT_ALLOWED;
  }

  private static @Nullable ProxyProblem problem(MockService service) {
    Script script = service.upcomingOnBinding();
    return script != null && script.undelayed() instanceof ProxyProblem problem ? problem : null;
  }

  private static String body(List<MockService> services, boolean ofBindingsAlone) {
    return JsonText.object(
        json -> {
          json.writeArrayFieldStart("bindings");
          for (MockService service : services) {
            report(service, ofBindingsAlone).writeTo(json);
          }
          json.writeEndArray();
        });
  }

  private static BindingReport report(MockService service, boolean ofBindingsAlone) {
    ProxyProblem problem = problem(service);
    if (problem == ProxyProblem.BINDING_MISSING) {
      return BindingReport.missing(service.name());
    }
    if (problem == ProxyProblem.BINDING_WRONG_KIND) {
      return BindingReport.wrongKind(service.name());
    }
    if (problem == ProxyProblem.NO_FETCH_HANDLER && !ofBindingsAlone) {
      return BindingReport.withoutFetchHandler(service.name());
    }
    boolean rpc = service.rpc() != null;
    return service.isDurableObject()
        ? BindingReport.durableObject(service.name(), rpc, ofBindingsAlone)
        : BindingReport.sound(service.name(), rpc, ofBindingsAlone);
  }
}
