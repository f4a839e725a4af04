package dev.workerclient.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.workerclient.RouteKind;
import dev.workerclient.WorkerResponse;
import dev.workerclient.error.Attempt;
import dev.workerclient.error.BindingProxyException;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerResponseException;
import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.internal.classify.RemoteText;
import dev.workerclient.internal.classify.table.CodeTable;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.classify.table.KnownError;
import dev.workerclient.internal.rpc.ProtocolException;
import dev.workerclient.internal.rpc.RemoteError;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The exceptions of one batch, or of one call of a session, that was answered. */
final class RpcFailures {
  private static final JavaType PROPERTIES =
      References.type(new TypeReference<LinkedHashMap<String, @Nullable Object>>() {}.getType());

  /** Only the proxy can set it: it takes the name out of what targets throw. */
  static final String PROXY_CODE = "bindingProxyCode";

  private static final String RESULT_NOT_DATA = "RESULT_NOT_DATA";

  /** Beside the code: the proxy refused the call, and nothing of it ran. */
  private static final String PROXY_OUTCOME = "bindingProxyOutcome";

  private static final String NOT_DISPATCHED = "not-dispatched";

  static final String BINDING_PROXY = RouteKind.BINDING_PROXY.routeName();

  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_MESSAGE = 10_000;

  private final String service;
  private final String operation;
  private final boolean idempotent;
  private final String unit;
  private final Source source;

  /**
   * Where the answer came from.
   *
   * @param redact hides the credentials that were sent
   */
  record Source(
      UnaryOperator<String> redact, String route, @Nullable String rayId, List<Attempt> attempts) {
    static Source of(WorkerResponse response) {
      return new Source(response::redact, response.route(), response.rayId(), response.attempts());
    }
  }

  /**
   * Makes it.
   *
   * @param unit what ran, for a person: the batch or the call
   */
  RpcFailures(String service, String operation, boolean idempotent, String unit, Source source) {
    this.service = service;
    this.operation = operation;
    this.idempotent = idempotent;
    this.unit = unit;
    this.source = source;
  }

  /** The method threw, or the binding proxy did not let its result pass. */
  WorkerException thrown(RpcNode node, RemoteError error) {
    String sent = source.redact.apply(cut(error.message()));
    String type = RemoteText.clean(source.redact.apply(error.type()), LONGEST_NAME);
    String message = RemoteText.clean(sent);
    JsonNode proxyCode = error.properties().path(PROXY_CODE);
    if (proxyCode.isTextual() && source.route.equals(BINDING_PROXY)) {
      String code = RemoteText.clean(source.redact.apply(proxyCode.textValue()), LONGEST_NAME);
      if (isRefusal(error.properties())) {
        return refused(node, code, message);
      }
      if (!code.equals(RESULT_NOT_DATA)) {
        return notCalled(node, code, message);
      }
      return new BindingProxyException(
          error(node.label(), "BINDING_PROXY", message, Delivery.DELIVERED)
              .diagnosis(
                  diagnosis(
                      "the method ran, and the binding proxy did not let its result pass",
                      "return plain data, or list the method's \"returns\" in BINDINGS"))
              .build(),
          code,
          null);
    }
    String what = RemoteText.clean(type.isEmpty() ? message : type + ": " + message);
    return new WorkerRpcException(
        error(node.label(), "WORKER_RPC", what, Delivery.DELIVERED)
            .diagnosis(
                diagnosis(
                    "the method ran and threw",
                    "see remoteType(), remoteMessage() and properties(), and the target's log"))
            .build(),
        type,
        sent,
        properties(error));
  }

  /** Whether these properties of an error are those of a call that the proxy refused by itself. */
  static boolean isRefusal(JsonNode properties) {
    return NOT_DISPATCHED.equals(properties.path(PROXY_OUTCOME).textValue());
  }

  /** The proxy refused one call of a session, which goes on. */
  private WorkerException refused(RpcNode node, String code, String message) {
    KnownError known = CodeTable.ofProxyCode(code);
    boolean usedUp = code.equals("BODY_TOO_LARGE") || code.equals("TIMED_OUT");
    Diagnosis diagnosis =
        Diagnosis.of(
            usedUp ? "the session has reached a limit of the binding proxy" : known.meaning(),
            usedUp
                ? "open another session, or make fewer calls at once, as the message says"
                : known.fix(),
            "yes, nothing of the call ran");
    return ofProxy(node, known, code, message, Delivery.NOT_DELIVERED, diagnosis);
  }

  /** The call of the binding failed, so that the method may not have run. */
  private WorkerException notCalled(RpcNode node, String code, String message) {
    KnownError known = CodeTable.ofProxyCode(code);
    Diagnosis diagnosis = diagnosis(known.meaning(), known.fix());
    return ofProxy(node, known, code, message, Delivery.UNKNOWN, diagnosis);
  }

  private WorkerException ofProxy(
      RpcNode node,
      KnownError known,
      String code,
      String message,
      Delivery delivery,
      Diagnosis diagnosis) {
    ServiceError error =
        error(
                node.label(),
                known.kind().name(),
                "the binding proxy says " + code + " (" + message + ")",
                delivery)
            .status(known.statusToHandOn())
            .diagnosis(diagnosis)
            .build();
    return known.kind().exception(error, new FailureKind.ProxyCode(code), null);
  }

  /** The value is there, and not of that type. */
  WorkerDecodingException notOfType(RpcNode node, JavaType type, JsonProcessingException cause) {
    IOException reason = OneLine.of(cause, source.redact);
    return decoding(
        node.label(),
        "its result is not a " + type.toCanonical() + ": " + reason.getMessage(),
        Delivery.DELIVERED,
        "compare the method's return type with what the Worker returns",
        reason);
  }

  /** The value holds something that is not data. */
  WorkerDecodingException notData(RpcNode node, ProtocolException cause) {
    return decoding(
        node.label(),
        "its result can't be read: " + cause.getMessage(),
        Delivery.DELIVERED,
        "return plain data, or give the method an interface as its return type",
        cause);
  }

  /** The batch was answered, without this call. */
  WorkerDecodingException notAnswered(RpcNode node) {
    return decoding(
        node.label(),
        "the answer of the batch has no result for it",
        Delivery.UNKNOWN,
        "see the target's log",
        null);
  }

  /** The answer is not one of a batch, so that nothing is known of its calls. */
  WorkerDecodingException noBatch(String why) {
    return decoding(
        operation,
        "the answer is not a Cap'n Web batch: " + why,
        Delivery.UNKNOWN,
        "check rpcPath(…) and that the target serves capnweb there",
        null);
  }

  /** The batch ended in another status: capnweb's own 500, after which calls may have run. */
  WorkerResponseException notServed(WorkerResponse response) {
    ServiceError error =
        error(
                operation,
                "WORKER_RESPONSE",
                "the target answered the batch with HTTP " + response.status(),
                Delivery.UNKNOWN)
            .diagnosis(
                diagnosis(
                    "the server ended the whole batch; calls in it may have run",
                    "see the target's log; check rpcPath(…) and the arguments"))
            .build();
    return new WorkerResponseException(
        error, response.status(), response.headers(), response.bytes(), null, null);
  }

  private WorkerDecodingException decoding(
      String what, String message, Delivery delivery, String fix, @Nullable Throwable cause) {
    return new WorkerDecodingException(
        error(what, "WORKER_DECODING", source.redact.apply(message), delivery)
            .diagnosis(diagnosis("the response body does not match the requested type", fix))
            .build(),
        cause);
  }

  private ServiceError.Builder error(String what, String code, String message, Delivery delivery) {
    return ServiceError.builder(service, what, code)
        .message(message)
        .delivery(delivery)
        .safeToResend(idempotent || delivery == Delivery.NOT_DELIVERED)
        .rayId(source.rayId)
        .attempts(source.attempts);
  }

  private Diagnosis diagnosis(String cause, String fix) {
    return Diagnosis.of(
        cause,
        fix,
        idempotent
            ? "yes, the call is @Idempotent (the " + unit + " may have run)"
            : "no, the " + unit + " may have run");
  }

  /** The text as it was sent, of a length that can be kept. */
  private static String cut(String text) {
    if (text.length() <= LONGEST_MESSAGE) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(LONGEST_MESSAGE - 1));
    return text.substring(0, splits ? LONGEST_MESSAGE - 1 : LONGEST_MESSAGE) + "…";
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> properties(RemoteError error) {
    try {
      Object properties = References.VALUES.value(error.properties(), PROPERTIES);
      return properties == null ? Map.of() : (Map<String, @Nullable Object>) properties;
    } catch (JsonProcessingException e) {
      return Map.of();
    }
  }
}
