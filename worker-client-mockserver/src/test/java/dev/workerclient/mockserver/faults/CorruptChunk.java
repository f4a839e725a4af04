package dev.workerclient.mockserver.faults;

import java.io.IOException;
import java.util.Locale;

/** Puts a letter that is no hex digit where the first chunk of a chunked response says its size. */
public final class CorruptChunk implements Fault {
  private static final String END_OF_HEADERS = "\r\n\r\n";

  private final StringBuilder headers = new StringBuilder();
  private boolean done;

  @Override
  public void onResponse(Piece piece, Link link) throws IOException {
    for (int i = 0; i < piece.length() && !done; i++) {
      if (!headersEnded()) {
        headers.append((char) piece.at(i));
        continue;
      }
      done = true;
      if (headers.toString().toLowerCase(Locale.ROOT).contains("\r\ntransfer-encoding: chunked")) {
        link.strike();
        piece.replace(i, 'Z');
      }
    }
    link.toClient(piece);
  }

  private boolean headersEnded() {
    return headers.length() >= END_OF_HEADERS.length()
        && headers.lastIndexOf(END_OF_HEADERS) == headers.length() - END_OF_HEADERS.length();
  }

  @Override
  public String toString() {
    return "CorruptChunk[]";
  }
}
