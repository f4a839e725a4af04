/** A body that goes out piece by piece: as a Blob it would be copied as a whole. */
export function piecewise(pieces: readonly Uint8Array[]): ReadableStream {
  const { readable, writable } = new FixedLengthStream(pieces.reduce((length, piece) => length + piece.byteLength, 0));
  send(pieces, writable).catch(() => {}); // The caller is gone.
  return readable;
}

async function send(pieces: readonly Uint8Array[], to: WritableStream): Promise<void> {
  const writer = to.getWriter();
  for (const piece of pieces) await writer.write(piece);
  await writer.close();
}
