package dev.workerclient;

import dev.workerclient.internal.http.HeaderText;
import dev.workerclient.internal.http.Payload;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@code multipart/form-data} body (RFC 7578): a form with files. Files and streams are opened
 * for each attempt, so the body can be sent again. Immutable.
 */
public final class MultipartBody {
  private final Payload payload;

  private MultipartBody(Payload payload) {
    this.payload = payload;
  }

  /** Returns a new builder. */
  public static Builder builder() {
    return new Builder();
  }

  Payload payload() {
    return payload;
  }

  /**
   * Builds a {@link MultipartBody}; parts are sent in the order in which they were added. Not
   * thread-safe.
   */
  public static final class Builder {
    private static final String LINE_END = "\r\n";

    private final String boundary = "worker-client-" + UUID.randomUUID();
    private final List<Payload> parts = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a form field.
     *
     * @throws IllegalArgumentException if the name is empty
     */
    public Builder textPart(String name, String value) {
      Objects.requireNonNull(value, "value");
      return part(name, null, null, Payload.ofBytes(utf8(value), ""));
    }

    /**
     * Adds a file under its own name. It is read each time it is sent.
     *
     * @throws IllegalArgumentException if the name is empty, the path has none, or the content type
     *     is not valid
     */
    public Builder filePart(String name, Path file, String contentType) {
      Path fileName = Objects.requireNonNull(file, "file").getFileName();
      String text = fileName == null ? "" : fileName.toString();
      return part(name, text, contentType, Payload.ofFile(file, ""));
    }

    /**
     * Adds a file with a copy of the bytes.
     *
     * @throws IllegalArgumentException if a name is empty, or the content type is not valid
     */
    public Builder filePart(String name, String fileName, byte[] bytes, String contentType) {
      Payload content = Payload.ofBytes(Objects.requireNonNull(bytes, "bytes").clone(), "");
      return part(name, Objects.requireNonNull(fileName, "fileName"), contentType, content);
    }

    /**
     * Adds a file whose content is a stream that is opened for each attempt and closed after it.
     *
     * @throws IllegalArgumentException if a name is empty, or the content type is not valid
     */
    public Builder filePart(
        String name, String fileName, Supplier<InputStream> streams, String contentType) {
      Payload content = Payload.ofSupplier(Objects.requireNonNull(streams, "streams"), "");
      return part(name, Objects.requireNonNull(fileName, "fileName"), contentType, content);
    }

    /**
     * Returns the body.
     *
     * @throws IllegalArgumentException if it has no part
     */
    public MultipartBody build() {
      if (parts.isEmpty()) {
        throw new IllegalArgumentException("the body has no part; add one by textPart or filePart");
      }
      List<Payload> all = new ArrayList<>(parts);
      all.add(text("--" + boundary + "--" + LINE_END));
      return new MultipartBody(Payload.ofAll(all, "multipart/form-data; boundary=" + boundary));
    }

    private Builder part(
        String name, @Nullable String fileName, @Nullable String contentType, Payload content) {
      if (Objects.requireNonNull(name, "name").isEmpty()) {
        throw new IllegalArgumentException(
            "a part has no name; write the name of the form's field");
      }
      StringBuilder head = new StringBuilder("--").append(boundary).append(LINE_END);
      head.append("Content-Disposition: form-data; name=\"").append(quoted(name)).append('"');
      if (fileName != null) {
        if (fileName.isEmpty()) {
          throw new IllegalArgumentException(
              "the file of part " + quoted(name) + " has no name; write one such as report.pdf");
        }
        head.append("; filename=\"").append(quoted(fileName)).append('"');
        String type =
            HeaderText.requireMediaType(Objects.requireNonNull(contentType, "contentType"));
        head.append(LINE_END).append("Content-Type: ").append(type);
      }
      parts.add(text(head.append(LINE_END).append(LINE_END).toString()));
      parts.add(content);
      parts.add(text(LINE_END));
      return this;
    }

    /**
     * As browsers do, after the HTML standard, 4.10.21.8; a Worker's formData() decodes nothing.
     */
    private static String quoted(String name) {
      return name.replace("\r", "%0D").replace("\n", "%0A").replace("\"", "%22");
    }

    private static Payload text(String text) {
      return Payload.ofBytes(utf8(text), "");
    }

    private static byte[] utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
