package dev.workerclient.internal.http;

import dev.workerclient.error.WorkerTimeoutException;
import java.time.Duration;

/**
 * The limits of one attempt.
 *
 * @param time until the answer is there; with {@code streaming}, until its headers are
 * @param phase which timer that is: the attempt's own, or the rest of the call's
 * @param streaming whether the body is handed over unread
 * @param canBeResent whether the call may be sent again if the connection breaks under it
 * @param readIdle how long a streamed body may send nothing
 * @param maxBytes the most bytes of a buffered body
 */
public record Limits(
    Duration time,
    WorkerTimeoutException.Phase phase,
    boolean streaming,
    boolean canBeResent,
    Duration readIdle,
    long maxBytes) {}
