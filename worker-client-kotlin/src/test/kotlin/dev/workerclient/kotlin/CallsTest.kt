package dev.workerclient.kotlin

import dev.workerclient.TypeRef
import dev.workerclient.WorkerService
import dev.workerclient.error.Delivery
import dev.workerclient.error.WorkerConnectionException
import dev.workerclient.error.WorkerDecodingException
import dev.workerclient.error.WorkerResponseException
import dev.workerclient.mockserver.Fault
import dev.workerclient.mockserver.MockAnswer
import dev.workerclient.mockserver.MockWorkers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource

@Timeout(30)
class CallsTest {
  data class Order(val id: Int, val note: String? = null, val lines: List<Line> = emptyList())

  data class Line(val sku: String, val cents: Int = 0)

  private val workers = MockWorkers.start()
  private val binding = workers.service("ORDERS").binding()
  private val domain = workers.service("ORDERS").customDomain()
  private val client = workers.client()
  private val orders: WorkerService = client.service("ORDERS")

  @AfterEach
  fun nothingIsLeftOver() {
    workers.verify()
    workers.close()
  }

  @Test
  fun `data classes go both ways, with defaults and nulls`(): Unit = runBlocking {
    binding.answers(MockAnswer.json("""{"id":7,"lines":[{"sku":"a"}]}"""))

    val order: Order =
      orders.post("/v1/orders").body(Order(7, lines = listOf(Line("a", 1)))).fetch()

    assertThat(order).isEqualTo(Order(7, null, listOf(Line("a"))))
    assertThat(binding.requests().single().string())
      .isEqualTo("""{"id":7,"note":null,"lines":[{"sku":"a","cents":1}]}""")
  }

  @Test
  fun `generic types keep their arguments`(): Unit = runBlocking {
    binding.answers(MockAnswer.json("""[{"id":1},{"id":2}]"""))

    val all = orders.get("/v1/orders").fetch<List<Order>>()

    assertThat(all.map { it.id }).containsExactly(1, 2)
    assertThat(orders.get("/v1/orders").await().bodyAs<List<Order>>()).isEqualTo(all)
  }

  @Test
  fun `a primitive, a string and bytes`(): Unit = runBlocking {
    binding.answers(MockAnswer.json("42"))

    assertThat(orders.get("/").fetch<Int>()).isEqualTo(42)
    assertThat(orders.get("/").fetch<String>()).isEqualTo("42")
    assertThat(orders.get("/").fetch<ByteArray>()).isEqualTo("42".toByteArray())
  }

  @ParameterizedTest
  @ValueSource(strings = ["", "null", " null\n"])
  fun `a nullable type is null for no body and for null`(body: String): Unit = runBlocking {
    binding.answers(MockAnswer.json(body))

    assertThat(orders.get("/").fetch<Order?>()).isNull()
    assertThat(orders.get("/").await().bodyAs<Order?>()).isNull()
    assertThrows<WorkerDecodingException> { orders.get("/").fetch<Order>() }
    assertThrows<WorkerDecodingException> { orders.get("/").await().bodyAs<Order>() }
  }

  @Test
  fun `a nullable type has its value if there is one`(): Unit = runBlocking {
    binding.answers(MockAnswer.json("""{"id":7}"""))

    assertThat(orders.get("/").fetch<Order?>()).isEqualTo(Order(7))
  }

  @Test
  fun `a nullable string is null only if it is empty`(): Unit = runBlocking {
    binding.answers(MockAnswer.text("null")).times(1).thenAnswers(MockAnswer.status(204))

    assertThat(orders.get("/").fetch<String?>()).isEqualTo("null")
    assertThat(orders.get("/").fetch<String?>()).isNull()
  }

  @Test
  fun `a nullable type does not hide another status`(): Unit = runBlocking {
    binding.answers(MockAnswer.status(404))

    val failure = assertThrows<WorkerResponseException> { orders.get("/").fetch<Order?>() }

    assertThat(failure.status()).isEqualTo(404)
  }

  @Test
  fun `unit ignores the body, and fails for another status`(): Unit = runBlocking {
    binding.answers(MockAnswer.text("done")).times(1).thenAnswers(MockAnswer.status(409))

    assertThat(orders.post("/").fetch<Unit>()).isEqualTo(Unit)
    val failure = assertThrows<WorkerResponseException> { orders.post("/").fetch<Unit>() }

    assertThat(failure.status()).isEqualTo(409)
  }

  @Test
  fun `the resend rule holds`(): Unit = runBlocking {
    binding.fails(Fault.resetBeforeAnswer())
    domain.answers(MockAnswer.json("""{"id":7}"""))

    val failure =
      assertThrows<WorkerConnectionException> { orders.post("/v1/orders").fetch<Order>() }

    assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN)
    assertThat(domain.requests()).isEmpty()
    assertThat(orders.get("/v1/orders/7").fetch<Order>()).isEqualTo(Order(7))
    assertThat(domain.requests()).hasSize(1)
  }

  @Test
  fun `many calls at once need no threads of the caller`(): Unit = runBlocking {
    binding.answers { request -> MockAnswer.json("""{"id":${request.path().substring(1)}}""") }

    val found = (1..100).map { async { orders.get("/{id}", it).fetch<Order>() } }.awaitAll()

    assertThat(found.map { it.id }).isEqualTo((1..100).toList())
  }

  @Test
  fun `a streamed response is the caller's to close`(): Unit = runBlocking {
    binding.answers(MockAnswer.text("export"))

    val text = orders.get("/export").awaitStreaming().use { it.stream().readAllBytes() }

    assertThat(text.decodeToString()).isEqualTo("export")
  }

  @Test
  fun `Java's own methods stay as they are`() {
    binding.answers(MockAnswer.json("""[{"id":1}]"""))

    val all: List<Order> = orders.get("/").fetch(object : TypeRef<List<Order>>() {})

    assertThat(all).containsExactly(Order(1))
  }
}
