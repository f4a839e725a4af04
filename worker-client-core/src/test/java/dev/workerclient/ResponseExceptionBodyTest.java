package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerResponseException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The body of a WorkerResponseException is read as that of a WorkerResponse. */
class ResponseExceptionBodyTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();

  private WorkerResponseException failure(boolean withCodec, String body) {
    fleet.proxy().answers(answered(409, body));
    WorkerClient.Builder builder = fleet.builder();
    WorkerService service =
        fleet.service(withCodec ? builder.bodyCodec(new IntegerCodec()) : builder);
    return catchThrowableOfType(
        WorkerResponseException.class, () -> service.post("/").execute().orThrow());
  }

  @Test
  void aValueIsReadAsAnyTypeOfIt() {
    WorkerResponseException failure = failure(true, "17");

    int primitive = failure.bodyAs(int.class);
    assertThat(primitive).isEqualTo(17);
    assertThat(failure.bodyAs(Integer.class)).isEqualTo(17);
    assertThat(failure.bodyAs(new TypeRef<List<Integer>>() {})).containsExactly(17);
    assertThat(failure.bodyAs(new TypeRef<String>() {})).isEqualTo("17");
  }

  @Test
  void textBytesAndNothingNeedNoCodec() {
    WorkerResponseException failure = failure(false, "grüße");

    assertThat(failure.bodyAs(String.class)).isEqualTo("grüße");
    assertThat(failure.bodyAs(byte[].class)).hasSize(7);
    assertThat(failure.bodyAs(Void.class)).isNull();
    assertThatIllegalStateException()
        .isThrownBy(() -> failure.bodyAs(Integer.class))
        .withMessageContaining("add worker-client-jackson");
  }

  @Test
  void somethingElseIsADecodingFailure() {
    WorkerResponseException failure = failure(true, "<html>");

    assertThatExceptionOfType(WorkerDecodingException.class)
        .isThrownBy(() -> failure.bodyAs(int.class))
        .withMessageContaining("HTTP 409, but the body (application/json, 6 bytes)");
    assertThatExceptionOfType(WorkerDecodingException.class)
        .isThrownBy(() -> failure.bodyAs(new TypeRef<List<Integer>>() {}));
  }

  @Test
  void afterSerializationTextAndBytesAreLeft() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(failure(true, "17"));
    }
    WorkerResponseException read;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      read = (WorkerResponseException) in.readObject();
    }

    assertThat(read.bodyAs(String.class)).isEqualTo("17");
    assertThat(read.bodyAs(new TypeRef<byte[]>() {})).hasSize(2);
    assertThat(read.bodyAs(void.class)).isNull();
    assertThatIllegalStateException()
        .isThrownBy(() -> read.bodyAs(Integer.class))
        .withMessageContaining("read string()");
  }
}
