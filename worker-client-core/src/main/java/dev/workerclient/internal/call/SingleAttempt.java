package dev.workerclient.internal.call;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.internal.call.CallPath.Sender;
import dev.workerclient.internal.call.Latencies.Latency;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.RemoteText;
import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.CallSpec.Header;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.CredentialException;
import dev.workerclient.internal.route.Route;
import dev.workerclient.internal.route.RouteHeaders;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt on one route, recorded in the call. */
final class SingleAttempt implements Sender {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient.attempt");
  private static final Logger CLIENT_LOGGER = LoggerFactory.getLogger("dev.workerclient");
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private final Route route;
  private final String name;
  private final Transport transport;
  private final AttemptLimit limit;

  SingleAttempt(Route route, Transport transport, AttemptLimit limit) {
    this.route = route;
    this.name = route.name();
    this.transport = transport;
    this.limit = limit;
  }

  @Override
  public Outcome send(Call call) {
    long start = call.nanoTime();
    int number = call.number();
    CallSpec spec = call.spec;
    HttpUrl url = route.url(spec);
    List<Header> added =
        call.observer == null
            ? List.of()
            : call.observer.attemptStarted(name, url, number, call.hedge);
    Latency usual = limit.usual(call);
    long longest = spec.limits().attemptTime().toNanos();
    long most = limit.nanos(call, usual, longest);
    Outcome outcome;
    try {
      // Of a shorter limit, which may be extended, the binding proxy is not told.
      Request.Builder request = route.request(spec, url, Math.min(longest, call.nanosLeft()));
      if (!added.isEmpty()) {
        RouteHeaders.replace(request, added);
      }
      // Asked for anew: the credential's supplier may have taken its time.
      long left = call.nanosLeft();
      outcome =
          transport.send(
              request,
              route.provenance(),
              spec,
              Math.min(most, left),
              left <= most,
              longest - most,
              limit,
              spec.repeatable() && spec.canBeSentAgain() && call.mayAttemptTwice(),
              call.cancellation);
      if (outcome instanceof Outcome.Failed failed) {
        outcome = new Outcome.Failed(route.explain(failed.failure()), failed.exchanges());
      }
    } catch (CredentialException e) {
      // A call that was stopped is most likely why a supplier failed.
      outcome =
          new Outcome.Failed(
              call.isStopped() ? CallFailures.cancelled() : CallFailures.ofCredential(e), 0);
    }
    long nanos = call.nanoTime() - start;
    outcome = limit.ended(call, usual, outcome, nanos, most, longest);
    record(call, number, outcome, Duration.ofNanos(nanos));
    return outcome;
  }

  private void record(Call call, int number, Outcome outcome, Duration elapsed) {
    int exchanges = outcome.exchanges();
    Attempt.Builder known = Attempt.builder(name).number(number).elapsed(elapsed);
    if (call.hedge) {
      known.hedge(true);
    }
    if (exchanges != 1) {
      known.exchanges(exchanges);
    }
    Failure failure = null;
    if (outcome instanceof Outcome.Failed failed) {
      failure = failed.failure();
      known
          .status(failure.status())
          .delivery(failure.delivery())
          .rayId(failure.rayId())
          .failure(failure.kind().name(), failure.summary());
    } else if (outcome instanceof Outcome.Answered answered) {
      known.status(answered.status()).delivery(Delivery.DELIVERED);
      String ray = answered.headers().get("cf-ray");
      if (ray != null) {
        known.rayId(answered.secrets().hideInRay(RemoteText.clean(ray)));
      }
    }
    Attempt attempt = known.build();
    if (LOGGER.isDebugEnabled()) {
      LOGGER.debug("{} {}: {}", call.spec.service(), call.spec.operation(), attempt);
    }
    if (call.observer != null) {
      call.observer.attemptEnded(attempt);
    }
    call.record(attempt, failure);
    if (exchanges > 1) {
      warnOfRepeats(exchanges);
    }
  }

  /** Warns, once for all, that something below this library repeats requests. */
  private static void warnOfRepeats(int exchanges) {
    if (WARNED.compareAndSet(false, true)) {
      CLIENT_LOGGER.warn(
          "one attempt sent {} requests: an interceptor of the OkHttpClient set by okHttpClient(…)"
              + " repeats requests, so a POST may run twice. Remove it. This is logged once",
          exchanges);
    }
  }
}
