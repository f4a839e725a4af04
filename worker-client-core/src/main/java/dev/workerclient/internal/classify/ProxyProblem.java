package dev.workerclient.internal.classify;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.workerclient.error.Delivery;
import dev.workerclient.internal.classify.table.CodeTable;
import dev.workerclient.internal.classify.table.KnownError;
import dev.workerclient.internal.classify.table.KnownError.Run;
import java.io.IOException;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The binding proxy's own answers. Outcome and code are read from its headers; the problem+json
 * body only gives the text for a person.
 */
final class ProxyProblem {
  private static final String CONTRADICTORY = "contradictory";

  private ProxyProblem() {}

  /** The outcome, or null if there is none; an unknown one if two contradict each other. */
  static @Nullable String outcome(Headers headers) {
    String outcome = null;
    for (int i = 0; i < headers.size(); i++) {
      if (headers.name(i).equalsIgnoreCase(ProxyProtocol.OUTCOME)) {
        String value = headers.value(i);
        outcome = outcome == null || outcome.equals(value) ? value : CONTRADICTORY;
      }
    }
    return outcome;
  }

  /** Whether the proxy reports a failure. */
  static boolean isFailure(@Nullable String outcome) {
    return ProxyProtocol.NOT_DISPATCHED.equals(outcome)
        || ProxyProtocol.DISPATCH_THREW.equals(outcome);
  }

  static Failure read(Facts facts, @Nullable String outcome, BodyPrefix body) {
    String name = facts.headers().get(ProxyProtocol.ERROR);
    KnownError known = CodeTable.ofProxyCode(name);
    String label = name == null ? "no code" : RemoteText.clean(name);
    Failure.Builder failure =
        facts.failure(known, "the binding proxy says " + label + detail(body)).proxyCode(label);
    return delivery(failure, known, ProxyProtocol.DISPATCH_THREW.equals(outcome)).build();
  }

  private static Failure.Builder delivery(
      Failure.Builder failure, KnownError known, boolean dispatched) {
    if (!dispatched) {
      return failure.delivery(
          Delivery.NOT_DELIVERED, "the binding proxy refused the call before it called the target");
    }
    if (known.run() == Run.CERTAIN) {
      return failure.delivery(Delivery.DELIVERED, "the target ran");
    }
    return failure.delivery(
        Delivery.UNKNOWN, "the binding proxy called the target, which may have run");
  }

  /**
   * The problem's {@code detail} as the end of a sentence; empty if the body is not problem+json.
   */
  private static String detail(BodyPrefix body) {
    try (JsonParser parser = RemoteJson.FACTORY.createParser(body.peek(BodyPrefix.LIMIT))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "";
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean detail = "detail".equals(parser.currentName());
        if (parser.nextToken() == JsonToken.VALUE_STRING && detail) {
          return " (" + RemoteText.clean(parser.getText()) + ")";
        }
        parser.skipChildren();
      }
      return "";
    } catch (IOException e) {
      return ""; // No problem+json, or a body that broke: what counts is in the headers.
    }
  }
}
