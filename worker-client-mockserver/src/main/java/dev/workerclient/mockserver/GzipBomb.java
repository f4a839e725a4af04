package dev.workerclient.mockserver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** An answer that is little on the wire and much in memory; made once. */
final class GzipBomb {
  private static final int MEBIBYTE = 1 << 20;
  private static final int MEBIBYTES = 64;

  static final MockAnswer ANSWER = answer();

  private GzipBomb() {}

  private static MockAnswer answer() {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bomb)) {
      byte[] zeros = new byte[MEBIBYTE];
      for (int i = 0; i < MEBIBYTES; i++) {
        gzip.write(zeros);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return MockAnswer.json("").withHeader("Content-Encoding", "gzip").withBody(bomb.toByteArray());
  }
}
