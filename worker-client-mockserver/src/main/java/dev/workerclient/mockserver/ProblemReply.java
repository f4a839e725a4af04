package dev.workerclient.mockserver;

import okhttp3.Headers;

/** Writes a problem as the binding proxy does. */
final class ProblemReply {
  private ProblemReply() {}

  static Reply of(ProxyProblem problem, RecordedRequest request, String detail) {
    Headers.Builder headers =
        ProxyProtocol.problemHeaders(
            problem.outcome(), problem.code(), problem.dispatched ? request.objectId() : null);
    if (problem == ProxyProblem.UNAUTHORIZED) {
      headers.add("WWW-Authenticate", "Bearer realm=\"binding-proxy\"");
    }
    return Reply.of(problem.status, headers.build(), body(problem, request.service(), detail));
  }

  private static String body(ProxyProblem problem, String service, String detail) {
    return JsonText.object(
        json -> {
          json.writeStringField("type", "urn:binding-proxy:" + problem.code());
          json.writeStringField("title", problem.title);
          json.writeNumberField("status", problem.status);
          json.writeStringField("detail", detail);
          json.writeStringField("code", problem.code());
          json.writeStringField("outcome", problem.outcome());
          if (problem.namesBinding()) {
            json.writeStringField("binding", service);
          }
          if (problem.thrown != null) {
            json.writeObjectFieldStart("error");
            json.writeStringField("name", problem.thrown.name());
            json.writeStringField("message", problem.thrown.message());
            json.writeBooleanField("remote", true);
            json.writeEndObject();
          }
        });
  }
}
