package dev.workerclient.spring.boot;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * Registers beans for RPC interfaces, each of which calls the methods of a service like {@code
 * Rpc.of}. Needs {@code worker-client-rpc} on the class path.
 *
 * <pre>{@code
 * @ImportWorkerRpc(service = "ORDERS", types = Accounts.class)
 * @SpringBootApplication
 * class Application {}
 * }</pre>
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(ImportWorkerRpc.Container.class)
@Import(WorkerRpcRegistrar.class)
public @interface ImportWorkerRpc {
  /** The service's name, such as {@code ORDERS}. */
  String service();

  /** The interfaces. */
  Class<?>[] types();

  /** Holds several. */
  @Documented
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @Import(WorkerRpcRegistrar.class)
  @interface Container {
    /** The annotations. */
    ImportWorkerRpc[] value();
  }
}
