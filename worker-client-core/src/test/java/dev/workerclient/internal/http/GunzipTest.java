package dev.workerclient.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GunzipTest {
  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  private static byte[] plain(int size, int seed, boolean compressible) {
    byte[] plain = new byte[size];
    if (compressible) {
      Arrays.fill(plain, (byte) seed);
    } else {
      new Random(seed).nextBytes(plain);
    }
    return plain;
  }

  /** With name, comment, extra field and header checksum before the given member's data. */
  private static byte[] withAllFields(byte[] gzip) {
    Buffer header = new Buffer().write(gzip, 0, 3).writeByte(2 | 4 | 8 | 16).write(gzip, 4, 6);
    header.writeShortLe(5).writeUtf8("extra").writeUtf8("name").writeByte(0);
    header.writeUtf8("comment").writeByte(0);
    CRC32 crc = new CRC32();
    crc.update(header.snapshot().toByteArray());
    header.writeShortLe((int) crc.getValue() & 0xffff);
    return header.write(gzip, 10, gzip.length - 10).readByteArray();
  }

  /** Gives the bytes in reads of that size. */
  private static BufferedSource inPieces(byte[] bytes, int size) {
    return Okio.buffer(
        new ForwardingSource(new Buffer().write(bytes)) {
          @Override
          public long read(Buffer sink, long byteCount) throws IOException {
            return super.read(sink, Math.min(size, byteCount));
          }
        });
  }

  private static byte[] gunzip(byte[] gzip, int piece) throws IOException {
    try (BufferedSource source = Okio.buffer(new Gunzip(inPieces(gzip, piece)))) {
      return source.readByteArray();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 4096, 1 << 20})
  void membersOfAnySizeAreOneBody(int piece) throws IOException {
    Buffer plain = new Buffer();
    Buffer gzip = new Buffer();
    int seed = 0;
    for (int size : new int[] {0, 1, 100, 8191, 8192, 8193, 100_000}) {
      for (boolean compressible : new boolean[] {true, false}) {
        byte[] part = plain(size, seed++, compressible);
        plain.write(part);
        gzip.write(seed % 3 == 0 ? withAllFields(gzip(part)) : gzip(part));
      }
    }

    assertThat(gunzip(gzip.readByteArray(), piece)).isEqualTo(plain.readByteArray());
  }

  @Test
  void aBodyThatEndsEarlyIsNeverWhole() throws IOException {
    byte[] one = withAllFields(gzip(plain(100, 1, false)));
    byte[] two = new Buffer().write(one).write(one).readByteArray();
    for (int length = 0; length < two.length; length++) {
      byte[] cut = Arrays.copyOf(two, length);
      if (length != one.length) {
        assertThatThrownBy(() -> gunzip(cut, 4096)).isInstanceOf(EOFException.class);
      }
    }
  }

  @Test
  void aChangedByteIsNeverAnotherBody() throws IOException {
    byte[] plain = plain(100, 1, false);
    byte[] gzip = withAllFields(gzip(plain));
    for (int i = 0; i < gzip.length; i++) {
      byte[] changed = gzip.clone();
      changed[i] ^= 0x10;
      try {
        assertThat(gunzip(changed, 4096)).isEqualTo(plain); // In a field that means nothing here.
      } catch (EOFException | ZipException e) {
        assertThat(i).isNotNegative();
      }
    }
  }

  @Test
  void whatHasBeenInflatedIsDeliveredBeforeMoreIsAwaited() throws IOException {
    byte[] plain = plain(50_000, 'a', true);
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(plain);
    byte[] block = new byte[1000];
    int length = deflater.deflate(block, 0, block.length, Deflater.SYNC_FLUSH);
    deflater.end();
    byte[] start =
        new Buffer().write(gzip(new byte[0]), 0, 10).write(block, 0, length).readByteArray();
    BufferedSource open =
        Okio.buffer(
            new ForwardingSource(new Buffer().write(start)) {
              @Override
              public long read(Buffer sink, long byteCount) throws IOException {
                long read = super.read(sink, byteCount);
                if (read < 0) {
                  throw new AssertionError("waits for more");
                }
                return read;
              }
            });
    Gunzip gunzip = new Gunzip(open);
    Buffer inflated = new Buffer();
    while (inflated.size() < plain.length) {
      gunzip.read(inflated, 8192);
    }
    gunzip.close();

    assertThat(inflated.readByteArray()).isEqualTo(plain);
  }

  @Test
  void emptyBlocksBetweenDataAreNoExcess() throws IOException {
    Buffer gzip = new Buffer().write(gzip(new byte[0]), 0, 10);
    byte[] emptyBlock = {0, 0, 0, -1, -1};
    byte[] blockOfOne = {0, 1, 0, -2, -1, 'x'};
    for (int i = 0; i < 10_000; i++) {
      for (int empty = 0; empty < 40; empty++) {
        gzip.write(emptyBlock);
      }
      gzip.write(blockOfOne);
    }
    Gunzip gunzip = new Gunzip(gzip);
    Buffer inflated = new Buffer();
    while (inflated.size() < 10_000) {
      gunzip.read(inflated, 8192);
    }
    gunzip.close();

    assertThat(inflated.readUtf8()).isEqualTo("x".repeat(10_000));
  }
}
