package dev.workerclient.kotlin

import com.fasterxml.jackson.module.kotlin.jacksonObjectMapper
import dev.workerclient.WorkerService
import dev.workerclient.jackson.JacksonCodec
import dev.workerclient.mockserver.MockAnswer
import dev.workerclient.mockserver.MockWorkers
import java.util.concurrent.CompletableFuture
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.future.await
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

/** The code of docs/kotlin.md. */
@Timeout(30)
class KotlinGuideTest {
  data class Order(val id: Int, val note: String = "")

  data class Receipt(val number: String)

  data class Stock(val count: Int)

  interface Accounts {
    fun balance(user: String): CompletableFuture<Int>
  }

  private fun connect(token: String): WorkerService {
    val client = workerClient {
      bindingProxy("https://workers-proxy.example.com") { it.bearerToken(token) }
      service("ORDERS") { it.customDomain("https://orders.example.com") }
    }
    val orders = client.service("ORDERS")
    client.close()
    return orders
  }

  private suspend fun calls(orders: WorkerService, id: Int, key: String): Receipt {
    val order = orders.get("/v1/orders/{id}", id).fetch<Order>()
    val all = orders.get("/v1/orders").query("status", "open").fetch<List<Order>>()
    val receipt: Receipt = orders.post("/v1/orders").body(order).idempotencyKey(key).fetch()
    val response = orders.head("/v1/orders/{id}", id).await()
    assertThat(all).containsExactly(order)
    assertThat(response.status()).isEqualTo(200)
    return receipt
  }

  private suspend fun stock(orders: WorkerService): Stock? {
    val fresh = withTimeoutOrNull(200.milliseconds) { orders.get("/v1/stock").fetch<Stock>() }
    return fresh
  }

  private suspend fun flows(orders: WorkerService, index: (Order) -> Unit, show: (String) -> Unit) {
    orders.get("/v1/orders.ndjson").lines<Order>().collect { order -> index(order) }
    orders.get("/v1/changes").events().take(10).collect { event -> show(event.data()) }
  }

  private suspend fun balance(accounts: Accounts): Int {
    val cents = accounts.balance("anna").await()
    return cents
  }

  @Test
  fun `the code of the guide does what the guide says`(): Unit = runBlocking {
    assertThat(connect("secret").name()).isEqualTo("ORDERS")
    MockWorkers.start().use { workers ->
      val orders = workers.service("ORDERS").binding()
      val order = """{"id":7,"note":"x"}"""
      orders.on("GET", "/v1/orders/7").answers(MockAnswer.json(order))
      orders.on("HEAD", "/v1/orders/7").answers(MockAnswer.status(200))
      orders.on("GET", "/v1/orders").answers(MockAnswer.json("[$order]"))
      orders.on("POST", "/v1/orders").answers(MockAnswer.json("""{"number":"r-7"}"""))
      orders.on("GET", "/v1/stock").answers(MockAnswer.json("{}").stalledAfter(1))
      orders.on("GET", "/v1/orders.ndjson").answers(MockAnswer.text("$order\n$order\n"))
      orders
        .on("GET", "/v1/changes")
        .answers(
          MockAnswer.text("data: changed\n\n".repeat(20))
            .withHeader("Content-Type", "text/event-stream")
        )
      val codec = JacksonCodec.of(jacksonObjectMapper())
      workers.builder().bodyCodec(codec).build().use { client ->
        val service = client.service("ORDERS")
        val seen = mutableListOf<Any>()

        assertThat(calls(service, 7, "k")).isEqualTo(Receipt("r-7"))
        assertThat(stock(service)).isNull()
        flows(service, { seen += it }, { seen += it })

        assertThat(seen).hasSize(12).startsWith(Order(7, "x")).endsWith("changed")
      }
    }
    val accounts =
      object : Accounts {
        override fun balance(user: String) = CompletableFuture.completedFuture(4200)
      }
    assertThat(balance(accounts)).isEqualTo(4200)
  }
}
