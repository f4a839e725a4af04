package dev.workerclient.spring.boot.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Points the application's WorkerClient at {@code MockWorkers}, which is a bean: the binding proxy
 * and each custom domain that the configuration has are replaced by the mock's, backoff is a
 * millisecond, and all else stays as configured.
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
 * <p>Before each test, scripts and records are forgotten, and circuit breakers and retry budgets
 * are as new. After it, what {@code MockWorkers.verify} finds fails the test: a request that no
 * script was there for, or a script that was not used.
 *
 * <p>With a slice such as {@code @WebMvcTest}, it also auto-configures the client.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ImportAutoConfiguration
public @interface AutoConfigureMockWorkers {}
