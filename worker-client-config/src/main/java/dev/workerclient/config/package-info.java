/**
 * A {@link dev.workerclient.WorkerClient} from a {@code workers.yaml}: {@link
 * dev.workerclient.config.WorkerClientConfig}.
 *
 * <p>The file has the form of the Spring Boot starter's properties. Whatever is read here means the
 * same there; what Spring Boot would read in another way is refused.
 */
@NullMarked
package dev.workerclient.config;

import org.jspecify.annotations.NullMarked;
