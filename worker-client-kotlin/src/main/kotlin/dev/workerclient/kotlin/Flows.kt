package dev.workerclient.kotlin

import dev.workerclient.ServerSentEvent
import dev.workerclient.StreamingResponse
import dev.workerclient.TypeRef
import dev.workerclient.WorkerRequest
import dev.workerclient.error.WorkerDecodingException
import dev.workerclient.error.WorkerException
import dev.workerclient.error.WorkerResponseException
import java.util.stream.Stream
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.channelFlow
import kotlinx.coroutines.launch

/**
 * Returns the server-sent events of the response, each as soon as it has arrived. The flow is cold:
 * each collector sends the request. It reads at most one event ahead, on [Dispatchers.IO]. When the
 * collector is cancelled, or needs no more events, the HTTP call ends immediately.
 *
 * Collecting throws [WorkerResponseException] if the status is not 2xx, [WorkerDecodingException]
 * if the body is not a `text/event-stream` or an event is too long, and [WorkerException] if no
 * route returned the target's response, or the connection breaks.
 */
public fun WorkerRequest.events(): Flow<ServerSentEvent> = items { it.events() }

/**
 * Returns the lines of the response, each decoded by the client's codec as soon as it has arrived:
 * JSON lines (NDJSON), or plain lines for `String`. It behaves like [events].
 *
 * Collecting throws as for [events], and [WorkerDecodingException] for a line that can't be decoded
 * to [T].
 */
public inline fun <reified T : Any> WorkerRequest.lines(): Flow<T> = lines(object : TypeRef<T>() {})

@PublishedApi
internal fun <T : Any> WorkerRequest.lines(type: TypeRef<T>): Flow<T> = items { it.lines(type) }

private fun <T : Any> WorkerRequest.items(open: (StreamingResponse) -> Stream<T>): Flow<T> =
  channelFlow {
      awaitStreaming().use { response ->
        // The read blocks; a cancel leaves join(), and close() then ends the read.
        launch(Dispatchers.IO) {
            try {
              for (item in open(response)) {
                send(item)
              }
            } catch (e: WorkerException) {
              ensureActive() // Closed by the cancel, which is the reason then.
              close(e) // Not thrown, which would cancel the collector of what was sent.
            }
          }
          .join()
      }
    }
    .buffer(Channel.RENDEZVOUS)
