package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.WorkerRequest.BodyWriter;
import dev.workerclient.error.WorkerCallException;
import dev.workerclient.error.WorkerConnectionException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that is written by the application while it is sent. */
@Timeout(60)
class BodyWriterTest {
  private static final int PIECES = 1_000;
  private static final byte[] PIECE = new byte[1_000];

  @RegisterExtension final TestFleet fleet = new TestFleet();

  /** A writer of 1 MB. */
  private record Pieces(long length, boolean isRepeatable) implements BodyWriter {
    @Override
    public void writeTo(OutputStream out) throws IOException {
      for (int i = 0; i < PIECES; i++) {
        out.write(PIECE);
      }
      out.flush();
      out.close();
    }
  }

  private WorkerRequest put(BodyWriter writer) {
    return fleet.service().put("/").body(writer, "text/csv");
  }

  @Test
  void aLengthThatIsKnownIsSent() {
    fleet.proxy().answers(answered(200, "{}"));

    assertThat(put(new Pieces(1_000_000, true)).execute().status()).isEqualTo(200);

    RecordedRequest seen = fleet.proxy().requests().get(0);
    assertThat(seen.getHeaders().get("Content-Length")).isEqualTo("1000000");
    assertThat(seen.getHeaders().get("Content-Type")).isEqualTo("text/csv");
    assertThat(body(seen).size()).isEqualTo(1_000_000);
  }

  @Test
  void withoutALengthItIsSentInChunks() {
    fleet.proxy().answers(answered(200, "{}"));

    assertThat(put(out -> out.write('x')).execute().status()).isEqualTo(200);

    RecordedRequest seen = fleet.proxy().requests().get(0);
    assertThat(seen.getHeaders().get("Transfer-Encoding")).isEqualTo("chunked");
    assertThat(body(seen).utf8()).isEqualTo("x");
  }

  @Test
  void itIsWrittenAgainForTheNextRoute() {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(answered(200, "{}"));

    assertThat(put(out -> out.write('x')).execute().status()).isEqualTo(200);

    assertThat(body(fleet.proxy().requests().get(0)).utf8()).isEqualTo("x");
    assertThat(body(fleet.domain().requests().get(0)).utf8()).isEqualTo("x");
  }

  @Test
  void onceIsOnce() {
    fleet.proxy().answers(bindingMissing());

    assertThat(put(new Pieces(-1, false)))
        .satisfies(
            request ->
                assertThat(
                        catchThrowableOfType(
                            dev.workerclient.error.WorkerException.class, request::execute))
                    .isNotNull());

    assertThat(fleet.proxy().requests()).hasSize(1);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @Test
  void aWriterThatThrowsIsTheApplications() {
    IOException failure = new IOException("the database is gone");

    WorkerCallException thrown =
        catchThrowableOfType(
            WorkerCallException.class,
            () ->
                put(out -> {
                      out.write(PIECE);
                      throw failure;
                    })
                    .execute());

    assertThat(thrown).hasMessageContaining("its writer threw java.io.IOException");
    assertThat(thrown).hasRootCause(failure);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 999_999, 1_000_001})
  void anotherLengthThanPromisedIsTheApplications(long length) {
    WorkerCallException thrown =
        catchThrowableOfType(
            WorkerCallException.class, () -> put(new Pieces(length, true)).execute());

    assertThat(thrown).hasMessageContaining("its length is " + length + " bytes");
    assertThat(thrown.diagnosis().fix()).contains("length()");
  }

  /** Even if the application hides what the stream threw. */
  @Test
  void aBrokenConnectionIsNotTheApplications() {
    fleet
        .proxy()
        .answers(
            answered(200, "{}").newBuilder().onRequestBody(new SocketEffect.CloseSocket()).build());
    fleet.domain().close();
    BodyWriter writer =
        new BodyWriter() {
          @Override
          public void writeTo(OutputStream out) {
            try {
              for (int i = 0; i < 100 * PIECES; i++) {
                out.write(PIECE);
              }
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          }

          @Override
          public long length() {
            return 100L * PIECES * PIECE.length;
          }
        };

    WorkerConnectionException thrown =
        catchThrowableOfType(WorkerConnectionException.class, () -> put(writer).execute());

    assertThat(thrown.attempts()).hasSize(2);
    assertThat(List.of(thrown.getSuppressed()))
        .hasSize(1)
        .allMatch(WorkerConnectionException.class::isInstance);
  }

  @Test
  void aLengthBelowMinusOneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> put(new Pieces(-2, true)))
        .withMessageContaining("write -1 if it is not known");
  }

  private static ByteString body(RecordedRequest request) {
    return Objects.requireNonNull(request.getBody());
  }
}
