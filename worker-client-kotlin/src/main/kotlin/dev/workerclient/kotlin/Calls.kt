package dev.workerclient.kotlin

import dev.workerclient.StreamingResponse
import dev.workerclient.TypeRef
import dev.workerclient.WorkerRequest
import dev.workerclient.WorkerResponse
import dev.workerclient.error.WorkerDecodingException
import dev.workerclient.error.WorkerException
import dev.workerclient.error.WorkerResponseException
import java.util.concurrent.CompletableFuture
import kotlin.coroutines.resumeWithException
import kotlinx.coroutines.suspendCancellableCoroutine

/**
 * Sends the request and returns the target's response, whatever its status, with its whole body. It
 * runs on the client's executor, like `executeAsync()`. Cancelling the coroutine ends the HTTP call
 * immediately.
 *
 * @throws WorkerException if no route returned the target's response
 */
public suspend fun WorkerRequest.await(): WorkerResponse = awaitCall({ executeAsync() })

/**
 * Sends the request like [await], but returns as soon as the headers have arrived. The caller must
 * close the response; if the coroutine is cancelled before it gets it, it is closed automatically.
 *
 * @throws WorkerException if no route returned the target's response
 */
public suspend fun WorkerRequest.awaitStreaming(): StreamingResponse =
  awaitCall({ executeStreamingAsync() }, StreamingResponse::close)

/**
 * Sends the request and returns the body of a 2xx response decoded to [T], including generic types:
 * `val orders = request.fetch<List<Order>>()`. It runs and is cancelled like [await].
 *
 * For an empty body and for JSON's `null`, `fetch<T?>()` returns null and `fetch<T>()` throws.
 * [Unit] ignores the body. `String` and `ByteArray` return the body as it is, and `String?` and
 * `ByteArray?` return null only if it is empty.
 *
 * @throws WorkerResponseException if the target answered with another status
 * @throws WorkerDecodingException if the body can't be decoded to the type
 * @throws WorkerException if no route returned the target's response
 * @throws IllegalStateException if the type needs a codec and the client has none
 */
public suspend inline fun <reified T> WorkerRequest.fetch(): T =
  fetch(object : TypeRef<T & Any>() {}, null is T) as T

/**
 * Returns the body decoded to [T] by the client's codec, whatever the status. The rules are those
 * of [fetch].
 *
 * @throws WorkerDecodingException if the body can't be decoded to the type
 * @throws IllegalStateException if the client has no codec
 */
public inline fun <reified T> WorkerResponse.bodyAs(): T =
  decode(object : TypeRef<T & Any>() {}, null is T) as T

@PublishedApi
internal suspend fun WorkerRequest.fetch(type: TypeRef<*>, nullable: Boolean): Any? =
  when {
    type.type() == Unit::class.java -> awaitCall({ sendAsync() }).let {}
    nullable -> await().orThrow().decode(type, true)
    else -> awaitCall({ fetchAsync(type) })
  }

@PublishedApi
internal fun WorkerResponse.decode(type: TypeRef<*>, nullable: Boolean): Any? {
  if (type.type() == Unit::class.java) {
    return Unit
  }
  return if (nullable && isNull(bytes(), type)) null else bodyAs(type)
}

private fun isNull(body: ByteArray, type: TypeRef<*>): Boolean {
  val raw = type.type() == String::class.java || type.type() == ByteArray::class.java
  return body.isEmpty() || (!raw && body.size < 100 && body.decodeToString().isJsonNull())
}

private fun String.isJsonNull(): Boolean = trim { it in " \t\r\n" } == "null"

/** Starts a call and waits for it; a value that the coroutine does not get is handed back. */
private suspend fun <T> awaitCall(
  start: () -> CompletableFuture<T>,
  unclaimed: (T) -> Unit = {},
): T = suspendCancellableCoroutine { continuation ->
  val call = start()
  continuation.invokeOnCancellation { call.cancel(false) }
  call.whenComplete { value, failure ->
    if (failure == null) {
      continuation.resume(value) { _, lost, _ -> unclaimed(lost) }
    } else {
      continuation.resumeWithException(failure)
    }
  }
}
