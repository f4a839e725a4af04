package dev.workerclient.internal.http;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** Bytes as the body of an attempt. */
final class BytesBody extends RequestBody {
  private final byte[] bytes;
  private final @Nullable MediaType type;

  BytesBody(byte[] bytes, @Nullable MediaType type) {
    this.bytes = bytes;
    this.type = type;
  }

  @Override
  public @Nullable MediaType contentType() {
    return type;
  }

  @Override
  public long contentLength() {
    return bytes.length;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sink.write(bytes);
  }

  @Override
  public boolean isOneShot() {
    return true;
  }
}
