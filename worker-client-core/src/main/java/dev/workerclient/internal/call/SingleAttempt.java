package dev.workerclient.internal.call;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.RemoteText;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.CallSpec.Header;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.CredentialException;
import dev.workerclient.internal.route.Route;
import dev.workerclient.internal.route.RouteHeaders;
import java.time.Duration;
import java.util.List;
import okhttp3.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt on one route, recorded in the call. */
final class SingleAttempt implements Sender {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient.attempt");

  private final Route route;
  private final Transport transport;

  SingleAttempt(Route route, Transport transport) {
    this.route = route;
    this.transport = transport;
  }

  @Override
  public Outcome send(Call call) {
    long start = call.nanoTime();
    List<Header> added = call.observer().attemptStarted(route.name(), call.attemptCount() + 1);
    CallSpec spec = call.spec();
    long most = spec.limits().attemptTime().toNanos();
    Outcome outcome;
    try {
      long limit = Math.min(most, call.nanosLeft(start));
      Request.Builder request = route.request(spec, Duration.ofNanos(limit));
      RouteHeaders.replace(request, added);
      // Asked for anew: the credential's supplier may have taken its time.
      long left = call.nanosLeft(call.nanoTime());
      outcome =
          transport.send(
              request,
              route.provenance(),
              spec,
              Math.min(most, left),
              left <= most,
              spec.repeatable() && spec.canBeSentAgain() && call.mayAttemptTwice(),
              call.cancellation());
      if (outcome instanceof Outcome.Failed failed) {
        outcome = new Outcome.Failed(route.explain(failed.failure()), failed.exchanges());
      }
    } catch (CredentialException e) {
      Failure stop =
          Pause.stop(call); // Most likely why a supplier failed, if the call was stopped.
      outcome = new Outcome.Failed(stop == null ? credentialFailure(e) : stop, 0);
    }
    record(call, outcome, Duration.ofNanos(call.nanoTime() - start));
    return outcome;
  }

  private void record(Call call, Outcome outcome, Duration elapsed) {
    int exchanges = outcome.exchanges();
    Attempt.Builder attempt = Attempt.builder(route.name()).elapsed(elapsed).exchanges(exchanges);
    if (outcome instanceof Outcome.Failed failed) {
      Failure failure = failed.failure();
      attempt
          .status(failure.status())
          .delivery(failure.delivery())
          .rayId(failure.rayId())
          .failure(failure.kind().name(), failure.summary());
      call.record(report(call, attempt.build()), failure);
    } else if (outcome instanceof Outcome.Answered answered) {
      attempt.status(answered.status()).delivery(Delivery.DELIVERED);
      String ray = answered.headers().get("cf-ray");
      if (ray != null) {
        attempt.rayId(answered.secrets().hideInRay(RemoteText.clean(ray)));
      }
      call.record(report(call, attempt.build()), null);
    }
    if (exchanges > 1) {
      RepeatWarning.warnOnce(exchanges);
    }
  }

  private static Attempt report(Call call, Attempt attempt) {
    if (LOGGER.isDebugEnabled()) {
      LOGGER.debug("{} {}: {}", call.spec().service(), call.operation(), attempt);
    }
    call.observer().attemptEnded(attempt);
    return attempt;
  }

  private static Failure credentialFailure(CredentialException e) {
    Throwable thrown = e.thrown();
    Failure.Builder failure =
        thrown == null
            ? Failure.builder(FailureKind.ACCESS_DENIED, e.reason())
                .diagnosis(
                    "the route's credential could not be sent",
                    "supply it as visible ASCII, one line")
            : Failure.builder(FailureKind.WORKER_CALL, e.reason())
                .diagnosis(
                    "the application's own code could not supply the route's credential",
                    "correct the supplier, or what it reads from; the exception's cause has the"
                        + " type and the place, without the message")
                .exception(thrown);
    return failure
        .delivery(Delivery.NOT_DELIVERED, "nothing was sent")
        .helps(false, true)
        .concernsRoute(false)
        .build();
  }
}
