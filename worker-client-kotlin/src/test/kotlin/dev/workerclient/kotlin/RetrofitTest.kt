package dev.workerclient.kotlin

import dev.workerclient.error.Error1042Exception
import dev.workerclient.mockserver.Fault
import dev.workerclient.mockserver.MockAnswer
import dev.workerclient.mockserver.MockWorkers
import dev.workerclient.okhttp.WorkerCallFactory
import dev.workerclient.okhttp.WorkerIOException
import kotlinx.coroutines.runBlocking
import okhttp3.ResponseBody
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.assertThrows
import retrofit2.HttpException
import retrofit2.Retrofit
import retrofit2.create
import retrofit2.http.DELETE
import retrofit2.http.GET
import retrofit2.http.Path

/** Suspend functions of Retrofit over a service. */
@Timeout(30)
class RetrofitTest {
  interface Orders {
    @GET("/v1/orders/{id}") suspend fun find(@Path("id") id: Int): ResponseBody

    @DELETE("/v1/orders/{id}") suspend fun cancel(@Path("id") id: Int)
  }

  private val workers = MockWorkers.start()
  private val binding = workers.service("ORDERS").binding()
  private val client = workers.client()
  private val orders: Orders =
    Retrofit.Builder()
      .callFactory(WorkerCallFactory(client.service("ORDERS")))
      .baseUrl("http://orders/")
      .build()
      .create()

  @AfterEach
  fun nothingIsLeftOver() {
    workers.verify()
    workers.close()
  }

  @Test
  fun `a suspend function returns its value`(): Unit = runBlocking {
    binding.answers(MockAnswer.text("seven")).times(1).thenAnswers(MockAnswer.status(204))

    assertThat(orders.find(7).string()).isEqualTo("seven")
    orders.cancel(7)

    assertThat(binding.requests().map { "${it.method()} ${it.path()}" })
      .containsExactly("GET /v1/orders/7", "DELETE /v1/orders/7")
  }

  @Test
  fun `a suspend function throws the adapter's exception`(): Unit = runBlocking {
    binding.fails(Fault.error1042()).times(1).thenAnswers(MockAnswer.status(404))

    val thrown = assertThrows<WorkerIOException> { orders.find(7) }

    assertThat(thrown.failure()).isInstanceOf(Error1042Exception::class.java)
    assertThrows<HttpException> { orders.find(7) }
  }
}
