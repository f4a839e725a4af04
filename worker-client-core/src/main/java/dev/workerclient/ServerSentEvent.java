package dev.workerclient;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event of a {@code text/event-stream}, as the HTML standard (9.2, server-sent events) reads it.
 *
 * @param id the last event id that the stream has sent up to here, this event's own or an earlier
 *     one's, to go on from: the value of {@code Last-Event-ID} for the next request; null before
 *     the first
 * @param event the event's type, {@code message} if it sent none
 * @param data the event's data, its lines joined by line feeds
 * @param retry how long the stream has last asked clients to wait before they connect again; null
 *     if it has not
 */
public record ServerSentEvent(
    @Nullable String id, String event, String data, @Nullable Duration retry) {
  /** Takes them as they are. */
  public ServerSentEvent {
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(data, "data");
  }
}
