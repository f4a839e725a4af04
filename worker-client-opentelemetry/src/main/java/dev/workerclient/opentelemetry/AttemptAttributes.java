package dev.workerclient.opentelemetry;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import dev.workerclient.error.Attempt;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.context.Context;
import io.opentelemetry.instrumentation.api.instrumenter.AttributesExtractor;
import io.opentelemetry.instrumentation.api.semconv.http.HttpClientAttributesGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an attempt's span: those of HTTP clients (<a
 * href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span">semantic
 * conventions</a>), and our own.
 */
final class AttemptAttributes
    implements HttpClientAttributesGetter<Sent, Attempt>, AttributesExtractor<Sent, Attempt> {
  static final AttributeKey<String> SERVICE = stringKey("worker.service");
  static final AttributeKey<String> OPERATION = stringKey("worker.operation");
  static final AttributeKey<String> ROUTE = stringKey("worker.route");
  static final AttributeKey<String> DELIVERY = stringKey("worker.delivery");
  static final AttributeKey<Boolean> HEDGE = booleanKey("worker.hedge");
  static final AttributeKey<String> RAY = stringKey("cf.ray");
  static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");
  private static final AttributeKey<String> URL_TEMPLATE = stringKey("url.template");
  private static final AttributeKey<Long> RESEND_COUNT = longKey("http.request.resend_count");

  @Override
  public String getHttpRequestMethod(Sent sent) {
    return sent.call().method();
  }

  @Override
  public String getUrlFull(Sent sent) {
    return sent.url();
  }

  @Override
  public String getServerAddress(Sent sent) {
    return sent.attempt().host();
  }

  @Override
  public Integer getServerPort(Sent sent) {
    return sent.attempt().port();
  }

  @Override
  public @Nullable Integer getHttpResponseStatusCode(
      Sent sent, Attempt attempt, @Nullable Throwable error) {
    return attempt.status().isPresent() ? attempt.status().getAsInt() : null;
  }

  @Override
  public @Nullable String getErrorType(
      Sent sent, @Nullable Attempt attempt, @Nullable Throwable error) {
    return attempt == null ? null : attempt.failure();
  }

  @Override
  public List<String> getHttpRequestHeader(Sent sent, String name) {
    return List.of();
  }

  @Override
  public List<String> getHttpResponseHeader(Sent sent, Attempt attempt, String name) {
    return List.of();
  }

  @Override
  public void onStart(AttributesBuilder attributes, Context parent, Sent sent) {
    attributes.put(SERVICE, sent.call().service());
    attributes.put(ROUTE, sent.attempt().route());
    String template = Sent.template(sent.call());
    if (template != null) {
      attributes.put(URL_TEMPLATE, template);
    }
    if (sent.attempt().isHedge()) {
      attributes.put(HEDGE, true);
    }
    int before = sent.attempt().number() - 1;
    if (before > 0) {
      attributes.put(RESEND_COUNT, (long) before);
    }
  }

  @Override
  public void onEnd(
      AttributesBuilder attributes,
      Context context,
      Sent sent,
      @Nullable Attempt attempt,
      @Nullable Throwable error) {
    if (attempt == null) {
      return;
    }
    attributes.put(DELIVERY, attempt.delivery().name());
    String ray = attempt.rayId();
    if (ray != null) {
      attributes.put(RAY, ray);
    }
    String failure = attempt.failure();
    if (failure != null) {
      attributes.put(ERROR_TYPE, failure); // Says more than the status.
    }
  }
}
