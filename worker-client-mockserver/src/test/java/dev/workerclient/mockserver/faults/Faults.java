package dev.workerclient.mockserver.faults;

import java.io.IOException;
import java.time.Duration;

/** The faults that need no memory. Bytes are counted from 0 within the exchange. */
public final class Faults {
  /** Passes everything on. */
  public static final Fault NONE = new None();

  private Faults() {}

  private record None() implements Fault {
    @Override
    public boolean isHarmless() {
      return true;
    }
  }

  /** Holds request and response back, each once. */
  public record Delay(Duration request, Duration response) implements Fault {
    @Override
    public void onRequest(Piece piece, Link link) throws IOException {
      hold(piece, request, link);
      link.toServer(piece);
    }

    @Override
    public void onResponse(Piece piece, Link link) throws IOException {
      hold(piece, response, link);
      link.toClient(piece);
    }

    @Override
    public boolean isHarmless() {
      return true;
    }

    private static void hold(Piece piece, Duration time, Link link) throws IOException {
      if (!piece.isFirst()) {
        return;
      }
      link.strike();
      try {
        Thread.sleep(time.toMillis());
      } catch (InterruptedException e) {
        throw new IOException("the proxy was closed", e);
      }
    }
  }

  /** Passes the request on up to a byte, then closes both connections. */
  public record CutRequest(long at) implements Fault {
    @Override
    public void onRequest(Piece piece, Link link) throws IOException {
      if (!piece.reaches(at)) {
        link.toServer(piece);
        return;
      }
      link.strike();
      link.toServer(piece.before(at));
      link.close();
    }
  }

  /** Passes the response on up to a byte, then closes both connections. */
  public record CutResponse(long at) implements Fault {
    @Override
    public void onResponse(Piece piece, Link link) throws IOException {
      if (!piece.reaches(at)) {
        link.toClient(piece);
        return;
      }
      link.strike();
      link.toClient(piece.before(at));
      link.close();
    }
  }

  /** Resets the client's connection when its request comes, of which the server sees nothing. */
  public record ResetRequest() implements Fault {
    @Override
    public void onRequest(Piece piece, Link link) throws IOException {
      link.strike();
      link.reset();
    }
  }

  /** Resets the client's connection at a byte of the response. */
  public record ResetResponse(long at) implements Fault {
    @Override
    public void onResponse(Piece piece, Link link) throws IOException {
      if (!piece.reaches(at)) {
        link.toClient(piece);
        return;
      }
      link.strike();
      link.toClient(piece.before(at));
      link.reset();
    }
  }

  /** Swallows the request and never answers. */
  public record Blackhole() implements Fault {
    @Override
    public void onRequest(Piece piece, Link link) {
      link.strike();
    }
  }

  /** Lets the server run the request, and swallows what it answers. */
  public record SwallowResponse() implements Fault {
    @Override
    public void onResponse(Piece piece, Link link) {
      link.strike();
    }
  }

  /**
   * Closes the way to the client alone when its request comes, as a server does that gives up an
   * idle connection at that moment; the server runs the request.
   */
  public record HalfClose() implements Fault {
    @Override
    public void onRequest(Piece piece, Link link) throws IOException {
      if (piece.isFirst()) {
        link.strike();
        link.halfClose();
      }
      link.toServer(piece);
    }

    @Override
    public void onResponse(Piece piece, Link link) {
      // The way to the client is closed.
    }
  }
}
