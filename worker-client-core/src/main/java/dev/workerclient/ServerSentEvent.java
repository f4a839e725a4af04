package dev.workerclient;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event of a {@code text/event-stream}, as defined by the HTML standard (9.2, server-sent
 * events).
 *
 * @param id the last event ID of the stream, from this event or an earlier one, to send as {@code
 *     Last-Event-ID} when you reconnect; null if there is none yet
 * @param event the event's type. Default: {@code message}
 * @param data the event's data, its lines joined by line feeds
 * @param retry how long the stream asks clients to wait before they reconnect; null if it has not
 *     said
 */
public record ServerSentEvent(
    @Nullable String id, String event, String data, @Nullable Duration retry) {
  /** Requires every component that is not nullable. */
  public ServerSentEvent {
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(data, "data");
  }
}
