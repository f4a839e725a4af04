package dev.workerclient.benchmarks.server;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** 1 GiB of zeros as about 1 MiB of gzip. Made of one deflated MiB, a thousand times. */
final class GzipBomb {
  private static final int MEBIBYTES = 1024;

  static final byte[] BYTES = make();

  private GzipBomb() {}

  private static byte[] make() {
    byte[] zeros = new byte[1 << 20];
    CRC32 sum = new CRC32();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0});
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      // What ends with a full flush refers to nothing before it, and may be repeated.
      byte[] piece = deflate(deflater, zeros);
      for (int i = 0; i < MEBIBYTES; i++) {
        bytes.writeBytes(piece);
        sum.update(zeros);
      }
    } finally {
      deflater.end();
    }
    bytes.writeBytes(new byte[] {3, 0}); // The empty last block.
    writeInt(bytes, (int) sum.getValue());
    writeInt(bytes, MEBIBYTES << 20);
    return bytes.toByteArray();
  }

  private static byte[] deflate(Deflater deflater, byte[] zeros) {
    ByteArrayOutputStream piece = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    deflater.setInput(zeros);
    int length;
    while ((length = deflater.deflate(buffer, 0, buffer.length, Deflater.FULL_FLUSH)) > 0) {
      piece.write(buffer, 0, length);
    }
    return piece.toByteArray();
  }

  private static void writeInt(ByteArrayOutputStream bytes, int value) {
    for (int shift = 0; shift < 32; shift += 8) {
      bytes.write(value >>> shift);
    }
  }
}
