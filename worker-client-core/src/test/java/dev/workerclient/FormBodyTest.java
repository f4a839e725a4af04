package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.WorkerCallException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Forms, with and without files, as the server sees them. */
class FormBodyTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();
  @TempDir Path folder;

  private final List<Watched> opened = new ArrayList<>();

  /** Notes that it was closed. */
  private static final class Watched extends ByteArrayInputStream {
    private int timesClosed;

    Watched(String text) {
      super(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
      timesClosed++;
    }
  }

  private Supplier<InputStream> watched(String text) {
    return () -> {
      Watched stream = new Watched(text);
      opened.add(stream);
      return stream;
    };
  }

  private RecordedRequest sent(WorkerRequest request) {
    fleet.proxy().answers(answered(200, ""));
    WorkerResponse unused = request.execute();
    return fleet.proxy().requests().get(0);
  }

  private static String body(RecordedRequest request) {
    return Objects.requireNonNull(request.getBody()).utf8();
  }

  private static String contentType(RecordedRequest request) {
    return String.valueOf(request.getHeaders().get("Content-Type"));
  }

  /** The body with a boundary that every test knows. */
  private static String parts(RecordedRequest request) {
    String boundary = contentType(request).replace("multipart/form-data; boundary=", "");
    assertThat(boundary).matches("[a-zA-Z0-9-]{20,70}");
    return body(request).replace(boundary, "B").replace("\r\n", "|");
  }

  @Test
  void aFormIsUrlEncoded() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("na me", "a b+c&d=é%*");
    fields.put("n", List.of(1, 2));
    fields.put("empty", "");

    RecordedRequest request = sent(fleet.service().post("/").formBody(fields));

    assertThat(body(request)).isEqualTo("na+me=a+b%2Bc%26d%3D%C3%A9%25%2A&n=1&n=2&empty=");
    assertThat(contentType(request)).isEqualTo("application/x-www-form-urlencoded");
    assertThat(request.getHeaders().get("Content-Length")).isEqualTo("" + body(request).length());
  }

  @Test
  void aFormsValuesAreCheckedAsAQuerys() {
    WorkerRequest post = fleet.service().post("/");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> post.formBody(Map.of("a", new int[] {1})))
        .withMessageContaining("the value of parameter a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fleet.service().get("/").formBody(Map.of()))
        .withMessageContaining("a GET takes no body");
  }

  @Test
  void partsAreTextFilesBytesAndStreams() throws IOException {
    Path file = Files.writeString(folder.resolve("report é.txt"), "from a file");
    MultipartBody body =
        MultipartBody.builder()
            .textPart("title", "grüße")
            .filePart("file", file, "text/plain")
            .filePart("bytes", "a.bin", new byte[] {'1', '2'}, "application/octet-stream")
            .filePart("stream", "b.txt", watched("streamed"), "text/plain; charset=utf-8")
            .build();

    RecordedRequest request = sent(fleet.service().post("/").multipartBody(body));

    assertThat(parts(request))
        .isEqualTo(
            "--B|Content-Disposition: form-data; name=\"title\"||grüße|"
                + "--B|Content-Disposition: form-data; name=\"file\"; filename=\"report é.txt\"|"
                + "Content-Type: text/plain||from a file|"
                + "--B|Content-Disposition: form-data; name=\"bytes\"; filename=\"a.bin\"|"
                + "Content-Type: application/octet-stream||12|"
                + "--B|Content-Disposition: form-data; name=\"stream\"; filename=\"b.txt\"|"
                + "Content-Type: text/plain; charset=utf-8||streamed|"
                + "--B--|");
    assertThat(request.getHeaders().get("Transfer-Encoding")).isEqualTo("chunked");
    assertThat(opened).hasSize(1).allMatch(stream -> stream.timesClosed == 1);
  }

  @Test
  void theLengthIsKnownWithoutStreams() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "é".repeat(100_000));
    MultipartBody body =
        MultipartBody.builder().textPart("a", "1").filePart("f", file, "text/plain").build();

    RecordedRequest request = sent(fleet.service().post("/").multipartBody(body));

    assertThat(request.getHeaders().get("Content-Length"))
        .isEqualTo("" + Objects.requireNonNull(request.getBody()).size());
    assertThat(parts(request)).contains("é".repeat(100_000) + "|--B--|");
  }

  @Test
  void namesAreQuotedAsABrowserDoes() {
    MultipartBody body =
        MultipartBody.builder()
            .textPart("a\"b\r\nc", "1")
            .filePart("f", "x\"\r\nContent-Type: y\\é%22.txt", new byte[0], "text/plain")
            .build();

    assertThat(parts(sent(fleet.service().post("/").multipartBody(body))))
        .isEqualTo(
            "--B|Content-Disposition: form-data; name=\"a%22b%0D%0Ac\"||1|"
                + "--B|Content-Disposition: form-data; name=\"f\"; "
                + "filename=\"x%22%0D%0AContent-Type: y\\é%22.txt\"|Content-Type: text/plain|||"
                + "--B--|");
  }

  @Test
  void itIsSentAgainToAnotherRouteWithItsStreamsOpenedAnew() {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(200, ""));
    MultipartBody body =
        MultipartBody.builder().filePart("f", "f.txt", watched("again"), "text/plain").build();

    fleet.service().post("/").multipartBody(body).execute();

    RecordedRequest first = fleet.proxy().requests().get(0);
    RecordedRequest second = fleet.domain().requests().get(0);
    assertThat(body(second)).isEqualTo(body(first)).contains("again");
    assertThat(contentType(second)).isEqualTo(contentType(first));
    assertThat(opened).hasSize(2).allMatch(stream -> stream.timesClosed == 1);
  }

  @Test
  void aPartThatCannotBeOpenedFailsTheCallAndClosesTheOthers() {
    MultipartBody body =
        MultipartBody.builder()
            .filePart("a", "a.txt", watched("opened"), "text/plain")
            .filePart("b", folder.resolve("missing.txt"), "text/plain")
            .build();

    WorkerCallException failure =
        catchThrowableOfType(
            WorkerCallException.class,
            () -> fleet.service().post("/").multipartBody(body).execute());

    assertThat(failure).hasMessageContaining("opening the file threw");
    assertThat(fleet.proxy().requests()).isEmpty();
    assertThat(opened).hasSize(1).allMatch(stream -> stream.timesClosed == 1);
  }

  @Test
  void aPartThatBreaksClosesTheOthers() {
    BrokenBody broken = BrokenBody.inRead(new IllegalStateException("broken"));
    MultipartBody body =
        MultipartBody.builder()
            .filePart("a", "a.txt", watched("read"), "text/plain")
            .filePart("b", "b.txt", () -> broken, "text/plain")
            .filePart("c", "c.txt", watched("not read"), "text/plain")
            .build();

    WorkerCallException failure =
        catchThrowableOfType(
            WorkerCallException.class,
            () -> fleet.service().post("/").multipartBody(body).execute());

    assertThat(failure).hasMessageContaining("its stream threw");
    assertThat(broken.timesClosed()).isEqualTo(1);
    assertThat(opened).hasSize(2).allMatch(stream -> stream.timesClosed == 1);
  }

  @Test
  void aContentTypeThatHidesTheBoundaryIsRefused() {
    MultipartBody body = MultipartBody.builder().textPart("a", "1").build();
    WorkerRequest typed = fleet.service().post("/").header("content-type", "multipart/form-data");
    WorkerRequest multipart = fleet.service().post("/").multipartBody(body);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> typed.multipartBody(body))
        .withMessageContaining("would hide the boundary");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> multipart.header("Content-Type", "multipart/form-data"))
        .withMessageContaining("remove it");
    assertThat(parts(sent(multipart.header("X-Other", "1")))).startsWith("--B|");
  }

  @Test
  void wrongPartsAreRefused() {
    MultipartBody.Builder builder = MultipartBody.builder();

    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessageContaining("add one by textPart or filePart");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.textPart("", "x"))
        .withMessageContaining("write the name of the form's field");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.filePart("f", "", new byte[0], "text/plain"))
        .withMessageContaining("has no name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.filePart("f", Path.of("/"), "text/plain"))
        .withMessageContaining("has no name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.filePart("f", "f", new byte[0], "text"))
        .withMessageContaining("write one such as application/json");
  }
}
