package dev.workerclient.spring.boot.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Connects the application's WorkerClient to a {@code MockWorkers} bean: the mock replaces the
 * binding proxy and each configured custom domain, the backoff is 1 ms, and everything else stays
 * as configured.
 *
 * <pre>{@code
 * @SpringBootTest
 * @AutoConfigureMockWorkers
 * class ShopTest {
 *   @Autowired MockWorkers workers;
 *   @Autowired Shop shop;
 *
 *   @Test
 *   void ordersAreListed() {
 *     workers.service("ORDERS").binding().answers(MockAnswer.json("[]"));
 *     assertThat(shop.orders()).isEmpty();
 *   }
 * }
 * }</pre>
 *
 * <p>Before each test, scripts, recorded requests, circuit breakers and retry budgets are reset.
 * After each test, {@code MockWorkers.verify} fails it if a request was not scripted or a script
 * was not used.
 *
 * <p>With a slice such as {@code @WebMvcTest}, it also auto-configures the client.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ImportAutoConfiguration
public @interface AutoConfigureMockWorkers {}
