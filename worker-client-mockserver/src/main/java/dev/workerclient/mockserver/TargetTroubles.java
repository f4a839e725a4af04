package dev.workerclient.mockserver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Bodies that are trouble. */
final class TargetTroubles {
  /** An answer of which the first half is sent. */
  static final MockAnswer HALF = MockAnswer.json("{\"first\":\"half\",\"second\":\"half\"}");

  /** Where its first half ends. */
  static final int MIDDLE = 15;

  private static final int MEBIBYTE = 1 << 20;
  private static final int MEBIBYTES = 64;

  private TargetTroubles() {}

  static MockAnswer gzipBomb() {
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
