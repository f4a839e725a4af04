package dev.workerclient.kotlin

import dev.workerclient.BodyCodec
import dev.workerclient.error.WorkerConnectionException
import dev.workerclient.error.WorkerDecodingException
import dev.workerclient.error.WorkerResponseException
import dev.workerclient.jackson.JacksonCodec
import dev.workerclient.mockserver.MockAnswer
import dev.workerclient.mockserver.MockWorkers
import java.lang.reflect.Type
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.assertThrows

@Timeout(30)
class FlowsTest {
  data class Order(val id: Int, val note: String = "")

  private val workers = MockWorkers.start()
  private val binding = workers.service("ORDERS").binding()
  private val client = workers.client()
  private val orders = client.service("ORDERS")

  @AfterEach
  fun nothingIsLeftOver() {
    workers.verify()
    workers.close()
  }

  private fun eventStream(body: String): MockAnswer =
    MockAnswer.text(body).withHeader("Content-Type", "text/event-stream")

  @Test
  fun `a flow is cold, and each collector sends the request`(): Unit = runBlocking {
    val lines = orders.get("/v1/orders.ndjson").lines<Order>()
    assertThat(binding.requests()).isEmpty()
    binding.answers(MockAnswer.text("{\"id\":1}\n{\"id\":2,\"note\":\"x\"}\n"))

    assertThat(lines.toList()).containsExactly(Order(1), Order(2, "x"))
    assertThat(lines.toList()).hasSize(2)

    assertThat(binding.requests()).hasSize(2)
  }

  @Test
  fun `events arrive in order`(): Unit = runBlocking {
    binding.answers(eventStream("id: 1\ndata: a\n\nid: 2\ndata: b\n\n"))

    val events = orders.get("/events").events().map { "${it.id()} ${it.data()}" }.toList()

    assertThat(events).containsExactly("1 a", "2 b")
  }

  @Test
  fun `a collector that needs no more ends the call`(): Unit = runBlocking {
    binding.answers(MockAnswer.text("{\"id\":1}\n{\"id\":2}\n".repeat(10)).stalledAfter(50))

    assertThat(orders.get("/").lines<Order>().take(2).toList()).containsExactly(Order(1), Order(2))
    assertThat(orders.get("/").lines<Order>().first()).isEqualTo(Order(1))

    workers.verify() // Which finds responses that are open.
  }

  /** Counts the lines that were decoded, and so read. */
  private class Counting(private val codec: BodyCodec) : BodyCodec {
    val decoded = AtomicInteger()
    val readAhead = CompletableDeferred<Unit>()

    override fun contentType(): String = codec.contentType()

    override fun encode(value: Any): ByteArray = codec.encode(value)

    override fun decode(body: ByteArray, type: Type): Any? {
      if (decoded.incrementAndGet() == 10) {
        readAhead.complete(Unit)
      }
      return codec.decode(body, type)
    }
  }

  @Test
  fun `a slow collector holds the reader up`(): Unit = runBlocking {
    binding.answers(MockAnswer.text("{\"id\":1}\n".repeat(1_000)))
    val codec = Counting(JacksonCodec())
    workers.builder().bodyCodec(codec).build().use { slow ->
      slow.service("ORDERS").get("/").lines<Order>().first {
        withTimeoutOrNull(200.milliseconds) { codec.readAhead.await() } == null
      }

      assertThat(codec.decoded.get()).isBetween(1, 3)
    }
  }

  @Test
  fun `a failure of the collector is the collector's`(): Unit = runBlocking {
    binding.answers(MockAnswer.text("{\"id\":1}\n".repeat(10)).stalledAfter(50))

    val thrown =
      assertThrows<IllegalStateException> {
        orders.get("/").lines<Order>().collect { error("mine") }
      }

    assertThat(thrown).hasMessage("mine")
  }

  @Test
  fun `a body that breaks fails the flow after what has arrived`(): Unit = runBlocking {
    binding.answers(MockAnswer.text("{\"id\":1}\n{\"id\":2}\n").brokenOffAfter(12))
    val seen = mutableListOf<Order>()

    assertThrows<WorkerConnectionException> { orders.get("/").lines<Order>().toList(seen) }

    assertThat(seen).containsExactly(Order(1))
  }

  @Test
  fun `another status and another body are failures`(): Unit = runBlocking {
    binding
      .answers(MockAnswer.status(404))
      .times(1)
      .thenAnswers(MockAnswer.json("{}"))
      .times(1)
      .thenAnswers(MockAnswer.text("not JSON\n"))

    assertThrows<WorkerResponseException> { orders.get("/").events().toList() }
    assertThrows<WorkerDecodingException> { orders.get("/").events().toList() }
    assertThrows<WorkerDecodingException> { orders.get("/").lines<Order>().toList() }
  }
}
