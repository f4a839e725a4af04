package dev.workerclient.mockserver.workerd;

import static dev.workerclient.error.Delivery.DELIVERED;
import static dev.workerclient.error.Delivery.NOT_DELIVERED;
import static dev.workerclient.error.Delivery.UNKNOWN;

import dev.workerclient.WorkerRequest;
import dev.workerclient.WorkerService;
import dev.workerclient.error.AccessDeniedException;
import dev.workerclient.error.BindingNotCallableException;
import dev.workerclient.error.BindingNotFoundException;
import dev.workerclient.error.BindingProxyException;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.DispatchMismatchException;
import dev.workerclient.error.RateLimitedException;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerResponseException;
import dev.workerclient.error.WorkerThrewException;
import dev.workerclient.error.WorkerTimeoutException;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockRoute;
import dev.workerclient.mockserver.MockService;
import java.time.Duration;
import java.util.function.Function;

/** What both the mock and the real runtime can do wrong, and what a client makes of it. */
enum Trouble {
  BINDING_MISSING("MISSING", "/", Fault.bindingMissing()),
  BINDING_WRONG_KIND("WRONG_KIND", "/", Fault.bindingWrongKind()),
  BINDING_NOT_ALLOWED("UNLISTED", "/", Fault.bindingNotAllowed()),
  UNAUTHORIZED("BEHAVES", "/", Fault.unauthorized()),
  FORBIDDEN("THROWS", "/", Fault.forbidden()),
  BAD_REQUEST("BEHAVES", "/", Fault.badRequest()),
  OBJECT_ID_INVALID("ROOMS", "/", Fault.objectIdInvalid()),
  NO_FETCH_HANDLER("NO_FETCH", "/", Fault.noFetchHandler()),
  DISPATCH_MISMATCH("NO_RESPONSE_SYNC", "/", Fault.dispatchMismatch()),
  DISPATCH_MISMATCH_ASYNC("NO_RESPONSE_ASYNC", "/", Fault.dispatchMismatchAsync()),
  TARGET_THREW("THROWS", "/", Fault.targetThrew()),
  TARGET_HUNG("HANGS", "/never", Fault.targetHung()),
  TIMED_OUT("HANGS", "/an-hour", Fault.timedOut()),
  OBJECT_RESET("ROOMS", "/abort", Fault.objectReset()),
  OBJECT_OVERLOADED("THROWS", "/overloaded", Fault.objectOverloaded()),
  NETWORK_LOST("THROWS", "/network-lost", Fault.networkLost()),
  UNAVAILABLE("BEHAVES", "/unavailable", Fault.unavailableRetryAfterZero()),
  DOMAIN_UNAVAILABLE("BEHAVES", "/unavailable", Fault.unavailableRetryAfterZero()),
  GZIP_BOMB("BEHAVES", "/gzip-bomb", Fault.gzipBomb()),
  DOMAIN_HANGS("HANGS", "/an-hour", Fault.hang()),
  DOMAIN_BODY_TRUNCATED("BEHAVES", "/break-body?length=100", Fault.truncatedBody()),
  DOMAIN_BODY_STALLED("BEHAVES", "/slow-body?length=100", Fault.stalledBody()),
  DOMAIN_GZIP_BOMB("BEHAVES", "/gzip-bomb", Fault.gzipBomb()),
  GATEWAY_PASSES_ON(
      "GATEWAY", "/no-response-sync/string/500/x", Fault.gatewayPassesOnDispatchMismatch());

  /** An id of no namespace of the fleet. */
  private static final String FOREIGN_ID = "ab".repeat(32);

  final String service;

  @SuppressWarnings("ImmutableEnumChecker") // Faults are.
  final Fault fault;

  private final String path;

  Trouble(String service, String path, Fault fault) {
    this.service = service;
    this.path = path;
    this.fault = fault;
  }

  boolean isOnDomain() {
    return name().startsWith("DOMAIN_") || this == GATEWAY_PASSES_ON;
  }

  Class<? extends WorkerException> exception() {
    return switch (this) {
      case BINDING_MISSING -> BindingNotFoundException.class;
      case BINDING_WRONG_KIND, NO_FETCH_HANDLER -> BindingNotCallableException.class;
      case BINDING_NOT_ALLOWED, UNAUTHORIZED, FORBIDDEN -> AccessDeniedException.class;
      case BAD_REQUEST, OBJECT_ID_INVALID, OBJECT_RESET, NETWORK_LOST ->
          BindingProxyException.class;
      case DISPATCH_MISMATCH, DISPATCH_MISMATCH_ASYNC, GATEWAY_PASSES_ON ->
          DispatchMismatchException.class;
      case TARGET_THREW, TARGET_HUNG -> WorkerThrewException.class;
      case OBJECT_OVERLOADED -> RateLimitedException.class;
      case TIMED_OUT, DOMAIN_HANGS, DOMAIN_BODY_STALLED -> WorkerTimeoutException.class;
      case DOMAIN_BODY_TRUNCATED -> WorkerConnectionException.class;
      case GZIP_BOMB, DOMAIN_GZIP_BOMB -> WorkerDecodingException.class;
      case UNAVAILABLE, DOMAIN_UNAVAILABLE -> WorkerResponseException.class;
    };
  }

  Delivery delivery() {
    return switch (this) {
      case BINDING_MISSING,
          BINDING_WRONG_KIND,
          BINDING_NOT_ALLOWED,
          UNAUTHORIZED,
          FORBIDDEN,
          BAD_REQUEST,
          OBJECT_ID_INVALID ->
          NOT_DELIVERED;
      case DISPATCH_MISMATCH,
          DISPATCH_MISMATCH_ASYNC,
          TARGET_HUNG,
          UNAVAILABLE,
          DOMAIN_UNAVAILABLE,
          GZIP_BOMB,
          DOMAIN_GZIP_BOMB ->
          DELIVERED;
      default -> UNKNOWN;
    };
  }

  /** How often the target runs for a POST. */
  int runs() {
    return delivery() == NOT_DELIVERED || this == NO_FETCH_HANDLER ? 0 : 1;
  }

  /** Short where nothing comes that could be waited for. */
  Duration attemptTimeout() {
    return exception() == WorkerTimeoutException.class
        ? Duration.ofMillis(500)
        : Duration.ofSeconds(8);
  }

  WorkerRequest post(WorkerService target) {
    Function<WorkerService, WorkerService> narrowed =
        switch (this) {
          case BAD_REQUEST -> own -> own.durableObject("a service has none");
          case OBJECT_ID_INVALID -> own -> own.durableObjectId(FOREIGN_ID);
          case OBJECT_RESET -> own -> own.durableObject("room");
          default -> own -> own;
        };
    int query = path.indexOf('?');
    WorkerService service = narrowed.apply(target);
    return query < 0
        ? service.post(path)
        : service.post(path.substring(0, query)).query("length", "100");
  }

  /** Where the mock scripts it. */
  MockRoute route(MockService mock) {
    return switch (this) {
      case BAD_REQUEST -> mock.durableObject("a service has none");
      case OBJECT_ID_INVALID -> mock.durableObjectId(FOREIGN_ID);
      case OBJECT_RESET -> mock.durableObject("room");
      default -> isOnDomain() ? mock.customDomain() : mock.binding();
    };
  }
}
