package dev.workerclient.internal.classify;

import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.classify.Reply.Route;
import dev.workerclient.internal.classify.table.FailureKind.Coded;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** What holds of every response, whoever sent it. */
final class ReplyLaws {
  static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-11-01T00:00:00Z"));

  /** What no text that goes into a message reaches, escapes counted. */
  static final int LONGEST = 1000;

  private ReplyLaws() {}

  /** Returns the failure that the reply is, or null where it is an answer or its body broke. */
  static @Nullable Failure check(Reply reply) {
    try {
      return checkAll(reply);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(e + " at " + reply, e);
    }
  }

  private static @Nullable Failure checkAll(Reply reply) {
    Headers headers = reply.headers();
    HostileBody body = new HostileBody(reply.body(), reply.breaks());
    Failure failure;
    try {
      failure = classify(reply, headers, body);
      require(facts(failure).equals(facts(classify(reply, headers, body))), "pure");
    } catch (IOException e) {
      require(e instanceof HostileBody.BrokenException, "no exception of its own");
      require(reply.status() >= 400, "below 400 no body breaks a call");
      return null;
    }
    checkWhetherItIsAnAnswer(new Marks(reply, headers), failure == null, body.reads() == 0);
    if (failure != null) {
      DeliveryLaws.check(new Marks(reply, headers), failure);
      checkTexts(failure);
    }
    return failure;
  }

  private static @Nullable Failure classify(Reply reply, Headers headers, BodyPrefix body)
      throws IOException {
    return Classifier.classify(reply.provenance(), reply.status(), headers, body, NOW);
  }

  private static void checkWhetherItIsAnAnswer(Marks marks, boolean answer, boolean unread) {
    boolean small = marks.status() < 400;
    require(unread || !small || marks.proxyReports(), "below 400 no body is held up");
    if (marks.areThere()) {
      require(answer && unread, "what is proven is an answer, unread");
    } else if (marks.areMissing()) {
      require(!answer, "what is due and not there is missed");
    } else if (small && marks.route() == Route.DOMAIN) {
      require(answer || marks.location() != null, "below 400 only a login page is a failure");
    }
  }

  private static List<@Nullable Object> facts(@Nullable Failure failure) {
    return failure == null
        ? List.of()
        : Arrays.asList(
            failure.kind(),
            failure.cloudflareCode(),
            failure.proxyCode(),
            failure.delivery(),
            failure.deliveryReason(),
            failure.summary(),
            failure.retryAfter(),
            failure.sameRouteHelps(),
            failure.otherRouteHelps());
  }

  private static void checkTexts(Failure failure) {
    ServiceError error =
        ServiceError.builder("APIMOM", "GET /v1/health", failure.kind().name())
            .message(failure.summary())
            .status(failure.kind().statusToHandOn())
            .delivery(failure.delivery())
            .retryAfter(failure.retryAfter())
            .rayId(failure.rayId())
            .cloudflareCode(failure.cloudflareCode())
            .diagnosis(Diagnosis.of(failure.cause(), failure.fix(), failure.deliveryReason()))
            .build();
    WorkerException exception = failure.toException(error);
    require(exception.serviceError().equals(error), "the exception carries the error");
    Stream.of(
            failure.summary(),
            failure.cause(),
            failure.fix(),
            failure.deliveryReason(),
            failure.proxyCode(),
            failure.rayId(),
            failure.detail() instanceof Coded named ? named.name() : null,
            failure.detail() instanceof Coded named ? named.category() : null)
        .forEach(ReplyLaws::checkText);
  }

  private static void checkText(@Nullable String text) {
    require(text == null || text.length() < LONGEST, "a text is short");
    require(text == null || text.codePoints().allMatch(Visible::is), "a text is one visible line");
  }

  static void require(boolean holds, String law) {
    if (!holds) {
      throw new AssertionError("does not hold: " + law);
    }
  }
}
