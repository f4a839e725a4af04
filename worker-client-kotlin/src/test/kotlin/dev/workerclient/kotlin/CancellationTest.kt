package dev.workerclient.kotlin

import dev.workerclient.WorkerService
import java.net.InetAddress
import java.net.ServerSocket
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.TimeSource
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.assertThrows

/** A cancelled coroutine ends the HTTP call, as the server sees it. */
@Timeout(60)
class CancellationTest {
  /** Takes one connection, writes the start of a response, and waits for the client to leave. */
  private class Waiting(private val response: String) : AutoCloseable {
    private val socket = ServerSocket(0, 1, InetAddress.getLoopbackAddress())
    val arrived = CompletableFuture<Unit>()
    val left = CompletableFuture<TimeSource.Monotonic.ValueTimeMark>()
    private val thread = Thread(::serve).apply { isDaemon = true }.also(Thread::start)

    val url: String
      get() = "http://127.0.0.1:${socket.localPort}"

    private fun serve() {
      socket.accept().use { connection ->
        val input = connection.getInputStream()
        val head = StringBuilder()
        while (!head.endsWith("\r\n\r\n")) {
          head.append(input.read().toChar())
        }
        connection.getOutputStream().write(response.toByteArray())
        arrived.complete(Unit)
        runCatching { input.read() } // A reset ends it too.
        left.complete(TimeSource.Monotonic.markNow())
      }
    }

    override fun close() {
      socket.close()
      thread.join(1_000)
    }
  }

  /** How long after the coroutine began the server saw the client leave, five times. */
  private fun cancelledAfter200Ms(
    response: String,
    use: suspend (WorkerService) -> Unit,
  ): List<Duration> =
    (1..5).map {
      Waiting(response).use { server ->
        workerClient { service("ORDERS") { it.customDomain(server.url).routes("custom-domain") } }
          .use { client ->
            runBlocking(Dispatchers.Default) {
              val begin = TimeSource.Monotonic.markNow()
              assertThrows<TimeoutCancellationException> {
                withTimeout(200.milliseconds) { use(client.service("ORDERS")) }
              }
              server.arrived.get(1, TimeUnit.SECONDS)
              server.left.get(10, TimeUnit.SECONDS) - begin
            }
          }
      }
    }

  @Test
  fun `a call that is cancelled at 200 ms has ended by 250 ms`() {
    val times = cancelledAfter200Ms("") { it.get("/").await() }

    println("cancelled at 200 ms, a call left the server after $times")
    // The best of them: the machine may be busy.
    assertThat(times.min()).isBetween(200.milliseconds, 250.milliseconds)
  }

  @Test
  fun `so has a flow`() {
    val head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 99\r\n\r\n"
    val times = cancelledAfter200Ms(head + "data: 1\n\n") { it.get("/").events().toList() }

    println("cancelled at 200 ms, a flow left the server after $times")
    assertThat(times.min()).isBetween(200.milliseconds, 250.milliseconds)
  }

  @Test
  fun `the caller sees the cancellation, and no failure of the call`(): Unit = runBlocking {
    Waiting("").use { server ->
      workerClient { service("ORDERS") { it.customDomain(server.url).routes("custom-domain") } }
        .use { client ->
          val call = async(Dispatchers.Default) { client.service("ORDERS").get("/").await() }
          server.arrived.get(10, TimeUnit.SECONDS)

          call.cancel(CancellationException("the user left"))

          val thrown = assertThrows<CancellationException> { call.await() }
          assertThat(thrown).hasMessage("the user left")
          server.left.get(10, TimeUnit.SECONDS)
        }
    }
  }
}
