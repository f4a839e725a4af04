package dev.workerclient.mockserver.faults;

import java.io.IOException;
import java.io.OutputStream;

/** Bytes that were read together, and where in their exchange and direction they stand. */
public final class Piece {
  private final byte[] bytes;
  private final int length;
  private final long offset;

  Piece(byte[] bytes, int length, long offset) {
    this.bytes = bytes;
    this.length = length;
    this.offset = offset;
  }

  int length() {
    return length;
  }

  boolean isFirst() {
    return offset == 0;
  }

  /** Whether the exchange's byte of that number is within or before this piece. */
  boolean reaches(long position) {
    return offset + length > position;
  }

  /** The part before the exchange's byte of that number. */
  Piece before(long position) {
    return new Piece(bytes, (int) Math.max(0, Math.min(length, position - offset)), offset);
  }

  byte at(int index) {
    return bytes[index];
  }

  void replace(int index, char with) {
    bytes[index] = (byte) with;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }
}
