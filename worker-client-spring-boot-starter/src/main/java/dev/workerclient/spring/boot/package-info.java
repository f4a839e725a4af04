/**
 * A {@link dev.workerclient.WorkerClient} in Spring Boot 4: from {@code worker-client.*}
 * properties, with a bean for each service, health, metrics, traces, errors and graceful shutdown.
 *
 * <p>The auto-configurations import what they need of Spring Boot's modules, which are optional: a
 * class that is not on the class path switches off what needs it, and no more.
 */
@NullMarked
package dev.workerclient.spring.boot;

import org.jspecify.annotations.NullMarked;
